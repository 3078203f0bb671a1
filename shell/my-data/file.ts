/** One's own data as a file that anybody can read: a page without scripts, for the drawer or for print. */
import { date, dateTime } from '#ui/format.ts'
import { language, t } from '#ui/words.ts'

export interface MyDataFile {
  institution: string
  madeAt: Date
  person: { label: string; value: string }[]
  /** Newest first. */
  facts: { what: string; value: string; source: string; observedAt: string; until: string | null; purpose: string }[]
  looks: { at: string; by: string; purpose: string }[]
  /** Null where they could not be asked for. */
  told: { at: string; what: string; way: string }[] | null
  devices: { name: string; since: string }[] | null
  /** What was arranged for their health, with every check. */
  cases: { at: string; what: string; text: string }[] | null
  erasure: string
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
const table = (heads: string[], rows: string[][]) =>
  rows.length === 0 ? `<p>${t('没有', 'None')}</p>` : `<table><thead><tr>${heads.map((one) => `<th scope="col">${escaped(one)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table>`

const unknown = () => `<p>${escaped(t('生成时没有网络，没有列出。', 'Not listed: there was no network when this was made.'))}</p>`

/** The page as text. Nothing in it is taken for markup, whoever wrote it. */
export function myDataPage(data: MyDataFile): string {
  const title = t('我的数据', 'My data')
  return `<!doctype html>
<html lang="${language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)}</title>
<style>body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1c2529}h1{font-size:1.5em}h2{font-size:1.1em;margin:2em 0 .5em}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.4em .8em .4em 0;text-align:start;vertical-align:top;overflow-wrap:anywhere}th{color:#555;font-weight:600;white-space:nowrap}small,p.about{color:#555}</style></head><body>
<h1>${escaped(title)}</h1><p class="about">${escaped(data.institution)} · ${escaped(t('{when}生成', 'made {when}', { when: dateTime(data.madeAt) }))}</p>
<h2>${escaped(t('名册上的', 'On the roster'))}</h2>${table([t('项目', 'What'), t('内容', 'Content')], data.person.map((one) => [one.label, one.value]))}
<h2>${escaped(t('历次填报与登记', 'Every answer and entry'))}</h2>${table([t('信息项', 'What'), t('内容', 'Content'), t('来源', 'From'), t('何时', 'When'), t('有效至', 'Good until'), t('用途', 'What for')], data.facts.map((one) => [one.what, one.value, one.source, dateTime(one.observedAt), one.until === null ? '—' : date(one.until), one.purpose]))}
<h2>${escaped(t('谁看过', 'Who looked'))}</h2>${table([t('何时', 'When'), t('谁', 'Who'), t('为什么', 'Why')], data.looks.map((one) => [dateTime(one.at), one.by, one.purpose]))}
<h2>${escaped(t('发给我的提醒', 'What I was told'))}</h2>${data.told ? table([t('何时', 'When'), t('内容', 'Content'), t('方式', 'By')], data.told.map((one) => [dateTime(one.at), one.what, one.way])) : unknown()}
<h2>${escaped(t('健康管理个案', 'Cases'))}</h2>${data.cases ? table([t('何时', 'When'), t('事项', 'What'), t('内容', 'Content')], data.cases.map((one) => [dateTime(one.at), one.what, one.text])) : unknown()}
<h2>${escaped(t('登录着的设备', 'Signed-in devices'))}</h2>${data.devices ? table([t('设备', 'Device'), t('登录时间', 'Since')], data.devices.map((one) => [one.name, dateTime(one.since)])) : unknown()}
<h2>${escaped(t('何时删除', 'Until when'))}</h2><p>${escaped(data.erasure)}</p></body></html>
`
}

/** To the phone's own share sheet where there is one, else as a download. Answers false where the person turned away. */
export async function handOut(name: string, page: string): Promise<boolean> {
  const file = new File([page], name, { type: 'text/html' })
  if (typeof navigator.canShare === 'function' && matchMedia('(pointer: coarse)').matches && navigator.canShare({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title: name })
      return true
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return false
    }
  }
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser needs it until the download has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return true
}
