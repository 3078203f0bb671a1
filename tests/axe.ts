/** Accessibility, by axe-core inside the page. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Violation {
  rule: string
  impact: string
  help: string
  /** Where, and why, up to five places. */
  places: string[]
}

/** What on the page breaks WCAG 2.1 A and AA, as far as a machine can tell. @param within a selector; the whole page without it. */
export async function axeViolations(page: Page, within?: string): Promise<Violation[]> {
  await page.evaluate(source) // evaluated, not added as a script, so that the content policy of the page stays as it is
  const options: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }
  const results = await page.evaluate(
    ({ selector, how }) => (globalThis as unknown as { axe: { run(where: unknown, how: unknown): Promise<AxeResults> } }).axe.run(selector ?? document, how),
    { selector: within, how: options },
  )
  assert.ok(results.passes.length + results.violations.length > 0, 'axe found nothing to check on this page')
  return results.violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact: impact ?? 'unknown',
    help,
    places: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary?.replaceAll(/\s+/g, ' ') ?? node.html}`),
  }))
}
