import { measureInHost } from './host/measureInHost.js';

// Measures the cost of loading and activating, compared with an extension that does nothing, in the same
// extension host.

for (const line of await measureInHost({ name: 'activation' })) console.log(line);
