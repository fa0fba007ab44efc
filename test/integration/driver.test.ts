import { window } from 'vscode';
import { clearMessages } from './support/notifications.js';
import { driverFor } from './support/window.js';

describe('The driver of the window', () => {
  it('finds a message that VS Code does not pop up, because it is the fifth in 800 ms', async function () {
    const driver = driverFor(this);
    await clearMessages(driver);
    for (const number of [1, 2, 3, 4, 5]) void window.showInformationMessage(`Message ${number} of 5.`);
    await driver.waitForNotification('Message 5 of 5.');
    await driver.waitFor('.notifications-center.visible');
    await clearMessages(driver);
  });
});
