/** The page to leaf through the pictures: one HTML file beside them, without anything else. */
import type { Screen } from './screen.ts'

export function album(screens: readonly Screen[], files: readonly string[]): string {
  const entries = screens.flatMap((screen) => {
    const pictures = files.filter((file) => file.replace(/-(desk|phone)-(light|dark)(-zh-Hant|-en)?\.png$/, '') === screen.name)
    return pictures.length ? [{ name: screen.name, title: screen.title, face: screen.face, route: screen.route, pictures }] : []
  })
  return `<!doctype html>
<html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>堡垒 · 画册</title>
<style>
body { margin: 0; font: 14px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif; background: #e9e8e4; color: #1c2529 }
header { position: sticky; top: 0; display: flex; gap: 12px; align-items: center; padding: 10px 20px; background: #fff; border-bottom: 1px solid #d4d1c8; z-index: 2 }
header b { margin-right: auto } button { font: inherit; padding: 4px 12px; border: 1px solid #c8c4b8; background: #fff; border-radius: 6px } button[aria-pressed=true] { background: #1d5564; color: #fff }
main { display: grid; gap: 24px; padding: 20px; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--width, 460px)), 1fr)) }
figure { margin: 0; background: #fff; border: 1px solid #d4d1c8; border-radius: 6px; overflow: hidden } figcaption { padding: 8px 12px; display: flex; gap: 8px; justify-content: space-between } figcaption code { color: #5d696f }
figure a { display: block; height: 340px; overflow: hidden } img { width: 100%; display: block }
dialog { width: 100vw; height: 100vh; max-width: none; max-height: none; border: 0; padding: 0; background: #2b3033 } dialog img { width: auto; max-width: 100%; margin: 48px auto } dialog p { position: fixed; inset: 0 0 auto; margin: 0; padding: 8px 20px; background: #11171a; color: #fff }
</style>
<header><b>堡垒 Bulwark · ${entries.length}</b><span id="choices"></span></header><main></main><dialog><p></p><img alt=""></dialog>
<script type="module">
const entries = ${JSON.stringify(entries).replaceAll('<', '\\u003c')}
const main = document.querySelector('main'), dialog = document.querySelector('dialog')
let size = 'desk', look = 'light', open = -1, shown = []
const of = (entry) => entry.pictures.filter((file) => file.includes('-' + size + '-' + look))
function draw() {
  document.getElementById('choices').replaceChildren(...[['desk', '桌面'], ['phone', '手机'], ['light', '浅色'], ['dark', '深色']].map(([key, word]) => Object.assign(document.createElement('button'), { textContent: word, ariaPressed: String(key === size || key === look), onclick() { if (key === 'desk' || key === 'phone') size = key; else look = key; draw() } })))
  main.style.setProperty('--width', size === 'phone' ? '260px' : '460px')
  shown = entries.flatMap((entry) => of(entry).map((file) => ({ entry, file })))
  main.replaceChildren(...shown.map(({ entry, file }, at) => {
    const figure = document.createElement('figure')
    figure.innerHTML = '<a href=""><img loading="lazy" alt=""></a><figcaption><span></span><code></code></figcaption>'
    figure.querySelector('img').src = file
    figure.querySelector('span').textContent = entry.title
    figure.querySelector('code').textContent = entry.name
    figure.querySelector('a').onclick = (event) => { event.preventDefault(); turn(at) }
    return figure
  }))
  if (open >= 0) turn(Math.min(open, shown.length - 1))
}
function turn(at) {
  open = (at + shown.length) % shown.length
  const { entry, file } = shown[open]
  dialog.querySelector('p').textContent = (open + 1) + '/' + shown.length + '　' + entry.title + '　' + file + '　← → 翻页 · S 尺寸 · D 深浅 · Esc 返回'
  dialog.querySelector('img').src = file
  if (!dialog.open) dialog.showModal()
  dialog.scrollTop = 0
}
dialog.onclose = () => { open = -1 }
addEventListener('keydown', (event) => {
  if (event.key === 's') { size = size === 'desk' ? 'phone' : 'desk'; draw() }
  if (event.key === 'd') { look = look === 'light' ? 'dark' : 'light'; draw() }
  if (open >= 0 && event.key === 'ArrowRight') turn(open + 1)
  if (open >= 0 && event.key === 'ArrowLeft') turn(open - 1)
})
draw()
</script></html>
`
}
