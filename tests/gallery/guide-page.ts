/** A page of the guide with its pictures, as one HTML file to read, to print or to put on a web site. Knows of Markdown what the pages of docs/guide use. */

/** The picture of a step stands in the Markdown as a comment: without it the page reads well, and no reader meets a picture that is not there. */
const picture = /<!-- !\[([^\]]+)\]\(([^)]+)\) -->/g

export interface Shown {
  words: string
  path: string
}

/** The pictures that a page names. */
export const picturesIn = (markdown: string): Shown[] => [...markdown.matchAll(picture)].map(([, words = '', path = '']) => ({ words, path }))

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Bold, code, keys and links. Links to other documents lead out of the guide: their words stay. */
const inline = (text: string): string =>
  escape(text)
    .replaceAll(/&lt;(\/?kbd)>/g, '<$1>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')

function figures(block: string): string {
  const shown = picturesIn(block)
  return `<div class="pictures ${shown.every(({ path }) => path.includes('-phone-')) ? 'phone' : 'desk'}">${shown.map(({ words, path }) => `<figure><img src="${escape(path)}" alt="${escape(words)}" loading="lazy"><figcaption>${escape(words)}</figcaption></figure>`).join('')}</div>`
}

export const titleOf = (markdown: string): string => /^# (.+)$/m.exec(markdown)?.[1] ?? ''

/** @throws where a page says something in a form that would not be understood. */
export function guidePage(markdown: string, language: 'zh' | 'en'): string {
  let steps = false
  const out: string[] = []
  const close = () => {
    if (steps) out.push('</section>')
    steps = false
  }
  for (const block of markdown.trim().replaceAll(/\n(?=\d+\. )/g, '\n\n').split(/\n{2,}/)) {
    const text = block.trim()
    const inStep = steps && block.startsWith('   ')
    const [, number, words] = /^(\d+)\. ([^]+)$/.exec(text) ?? []
    if (!inStep) close()
    // How to get the pictures is of no use to whoever has them.
    if (/^\*.+\*$/.test(text) && text.includes('../README.md')) continue
    if (/^([|]|[-*] |```|#{3})/.test(text)) throw new Error(`The guide has no form for “${text.slice(0, 40)}”`)
    if (number) {
      steps = true
      out.push(`<section class="step"><span class="number">${number}</span><p>${inline(words ?? '')}</p>`)
    } else if (text.startsWith('# ')) out.push(`<h1>${inline(text.slice(2))}</h1>`)
    else if (text.startsWith('## ')) out.push(`<h2>${inline(text.slice(3))}</h2>`)
    else if (text.startsWith('> ')) out.push(`<aside>${inline(text.replaceAll(/^> ?/gm, ''))}</aside>`)
    else if (text.startsWith('<!--')) out.push(figures(text))
    else out.push(`<p>${inline(text)}</p>`)
  }
  close()
  return sheet(titleOf(markdown), language, `<nav><a href="../index.html">${language === 'zh' ? '堡垒 使用指南' : 'Bulwark guide'}</a></nav>${out.join('\n')}`)
}

/** The first page: who one is, in both languages. */
export const guideContents = (pages: readonly { path: string; zh: string; en: string }[]): string =>
  sheet('堡垒 使用指南 · Bulwark guide', 'zh', `<h1>堡垒 使用指南 <small lang="en">Bulwark guide</small></h1><ul class="contents">${pages.map(({ path, zh, en }) => `<li><a href="zh/${path}.html">${escape(zh)}</a><a href="en/${path}.html" lang="en">${escape(en)}</a></li>`).join('')}</ul>`)

const sheet = (title: string, language: 'zh' | 'en', body: string): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title>
<style>
:root { color-scheme: light }
body { margin: 0 auto; max-width: 880px; padding: 24px 20px 80px; font: 17px/1.75 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif; background: #f6f5f2; color: #1c2529 }
a { color: #1d5564 } nav { font-size: 14px; margin-bottom: 32px } h1 { font-size: 30px; line-height: 1.35; margin: 0 0 16px } h1 small { display: block; font-size: 18px; font-weight: 400; color: #5d696f } h2 { font-size: 22px; margin: 48px 0 8px }
aside { margin: 0 0 24px; padding: 10px 16px; border-inline-start: 3px solid #1d5564; background: #fff; font-size: 15px }
code { font-size: 0.9em; padding: 1px 6px; border-radius: 4px; background: #e6e9e9; overflow-wrap: anywhere } kbd { font: inherit; font-size: 0.85em; padding: 1px 7px; border: 1px solid #c8c4b8; border-bottom-width: 2px; border-radius: 4px; background: #fff }
.step { position: relative; padding: 4px 0 20px 48px } .step > p { margin: 0 0 12px } .number { position: absolute; inset: 4px auto auto 0; width: 30px; height: 30px; border-radius: 50%; background: #1d5564; color: #fff; text-align: center; line-height: 30px; font-size: 15px; font-weight: 600 }
.pictures { display: flex; flex-wrap: wrap; gap: 20px; margin: 12px 0 20px } figure { margin: 0; flex: 1 1 100% } .phone figure { flex: 0 1 300px }
img { display: block; width: 100%; border: 1px solid #d4d1c8; border-radius: 8px } .phone img { border-radius: 18px } figcaption { margin-top: 6px; font-size: 14px; color: #5d696f }
.contents { list-style: none; padding: 0 } .contents li { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 2px 24px; padding: 12px 0; border-bottom: 1px solid #dcd9d1 }
@media print { body { background: #fff; max-width: none; padding: 0; font-size: 11pt } nav { display: none } .step, figure { break-inside: avoid } .phone figure { flex-basis: 6.4cm } .number { print-color-adjust: exact } }
</style>
<body>
${body}
</body></html>
`
