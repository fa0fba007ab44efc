import assert from 'node:assert/strict';
import {
  formatLink,
  type FormatOptions,
  type LinkFormatId,
} from '../../../../src/core/links/formats/formats.js';
import type { Link } from '../../../../src/core/links/sign.js';
import { formatMessage } from '../../../../src/core/failures/message.js';

/** A link in a format that has to support it. */
export function formatText(id: LinkFormatId, link: Link, options: FormatOptions = {}): string {
  const result = formatLink(id, link, options);
  return 'text' in result ? result.text : assert.fail(formatMessage(result.problem));
}

/** Why a format does not support a link; empty if it does. */
export function refusalOf(id: LinkFormatId, link: Link, options: FormatOptions = {}): string {
  const result = formatLink(id, link, options);
  return 'problem' in result ? formatMessage(result.problem) : '';
}
