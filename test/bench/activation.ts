import { measureInHost } from './host/measureInHost.js';

// What loading and activating costs, against an extension that does nothing, in the same extension host.

for (const line of await measureInHost({ name: 'activation' })) console.log(line);
