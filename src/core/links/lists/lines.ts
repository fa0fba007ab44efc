import { bare, type ListFormat } from './format.js';

export const lines: ListFormat = {
  label: 'Links, One per Line',
  detail: 'The links and nothing else.',
  extension: 'txt',
  ...bare,
  item: ({ url }) => `${url}\n`,
};
