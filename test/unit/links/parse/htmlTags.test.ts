import assert from 'node:assert/strict';
import { eachHtmlTag } from '../../../../src/core/links/parse/htmlTags.js';
import { readHtmlForm } from '../../../../src/core/links/parse/parseForm.js';

function tagsOf(html: string): readonly string[] {
  const tags: string[] = [];
  eachHtmlTag(html, {
    onOpen: (name, attributes) => tags.push([name, ...[...attributes].flat()].join(' ')),
    onClose: (name) => tags.push(`/${name}`),
  });
  return tags;
}

describe('eachHtmlTag', () => {
  const rows: readonly (readonly [html: string, tags: readonly string[]])[] = [
    ['<p>text</p>', ['p', '/p']],
    ['<INPUT Name="A" VALUE=b disabled />', ['input name A value b disabled ']],
    ['<a href="x" href="y">', ['a href x']],
    ['<a title="a &amp; b &lt; &#x41;&#66;" rel=\'"\'>', ['a title a & b < AB rel "']],
    ['<a href="?a=1&copy=2&amp;b">', ['a href ?a=1&copy=2&b']],
    ['<!-- <b> --><i><!--x--></i>', ['i', '/i']],
    ['<script>"<b>"</script><title><b></title>', ['script', '/script', 'title', '/title']],
    ['</i></b><b', ['/i', '/b']],
    ['', []],
  ];
  for (const [html, tags] of rows) {
    it(`reads ${html}`, () => {
      assert.deepEqual(tagsOf(html), tags);
    });
  }
});

describe('readHtmlForm', () => {
  const start = '<form method="post" action="https://a.example/">';

  it('reads a form that is closed out of order, as browsers do', () => {
    const html = `<table><tr>${start}<td><input name="a" value="1"></td></tr><tr><td><input name="b" value="2"></td></tr></form></table>`;
    assert.deepEqual(readHtmlForm(html)?.fields, { a: '1', b: '2' });
  });

  it('reads the first form that is sent by POST to its own address', () => {
    const html = `<form action="https://b.example/"><input name="b"></form><form method="post" action="/c"></form>${start}<input name="a"></form>`;
    assert.equal(readHtmlForm(html)?.url, 'https://a.example/');
    assert.deepEqual(readHtmlForm(html)?.fields, { a: '' });
  });

  it('skips templates, and a form within a form', () => {
    const html = `<template>${start}<input name="x"></form></template>${start}<template><input name="y"></template><form method="post" action="https://z/"><input name="a"></form>`;
    assert.deepEqual(readHtmlForm(html), {
      url: 'https://a.example/',
      fields: { a: '' },
      hasRepeatedField: false,
      isPost: true,
    });
  });
});
