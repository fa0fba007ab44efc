export { poll } from '../support/poll.js';
