import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { antColours, type Colours } from './tokens.ts'

const css = await readFile(new URL('tokens.css', import.meta.url), 'utf8')

function valuesIn(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  assert.ok(start >= 0, `tokens.css has no ${selector}`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((found) => [found[1] ?? '', found[2] ?? '']))
}

const looks = { light: valuesIn(':root'), dark: valuesIn(":root[data-look='dark']") }

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const inks = ['kept', 'excused', 'gap', 'unknown', 'principle', 'duty', 'prohibition', 'condition', 'evaluation', 'reporting', 'context', 'level-1', 'level-2', 'level-3', 'level-4', 'drill', 'seal', 'accent']

for (const [look, values] of Object.entries(looks)) {
  test(`${look}: every ink is readable on paper, sheet and its own soft ground (WCAG AA)`, () => {
    const weak: string[] = []
    const check = (ink: string, ground: string) => {
      const [a, b] = [values.get(ink), values.get(ground)]
      assert.ok(a && b, `no --${ink} or --${ground}`)
      const ratio = contrast(a, b)
      if (ratio < 4.5) weak.push(`--${ink} on --${ground}: ${ratio.toFixed(2)}`)
    }
    for (const ink of ['ink', 'ink-2', 'ink-3']) for (const ground of ['paper', 'sheet', 'sunken', 'accent-soft']) check(ink, ground)
    for (const ink of inks) {
      check(ink, 'sheet')
      check(ink, `${ink}-soft`)
    }
    check('accent-ink', 'accent')
    check('accent', 'paper')
    assert.deepEqual(weak, [])
  })

  test(`${look}: the colours handed to antd and to charts are those of tokens.css`, () => {
    const mine = antColours[look as 'light' | 'dark']
    for (const key of Object.keys(mine) as (keyof Colours)[]) {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/(\d)/, '-$1')
      assert.equal(mine[key], values.get(name), `--${name}`)
    }
  })
}
