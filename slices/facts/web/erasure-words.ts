/** When what was collected for each response dies, in words for the person it is about. */
import type { Output } from '#kernel/contract.ts'
import { date } from '#ui/format.ts'
import { read as inScript, say, t } from '#ui/words.ts'
import type { myData } from '../contract.ts'

type Mine = Output<typeof myData>

/** A line for each response that is not erased yet. A phone may remember an answer from before there were any. */
export function erasureLines(mine: Pick<Mine, 'erasures'>): { title: string; text: string }[] {
  return ((mine.erasures as Mine['erasures'] | undefined) ?? []).map(({ name, state, at, days, closedAt, hold }) => {
    const title = inScript(name)
    const closed = closedAt ? t('{when} 结束。', 'Closed on {when}.', { when: date(closedAt) }) : ''
    const space = t('', ' ')
    if (state === 'open') return { title, text: days === 0 ? t('进行中；结束次日擦除', 'Open; erased the day after it closes') : t('进行中；结束后 {n} 天擦除', 'Open; erased {n} {n:day|days} after it closes', { n: days }) }
    if (state === 'running') return { title, text: `${closed}${space}${t('正在擦除', 'Being erased')}` }
    if (state === 'held') return { title, text: `${closed}${space}${t('暂缓至 {when}：{why}（决定：{who}）', 'Held back until {when}: {why} (decided by {who})', { when: date(hold?.until ?? at ?? ''), why: inScript(hold?.reason ?? ''), who: inScript(hold?.decidedBy ?? '') })}` }
    return { title, text: `${closed}${space}${t('{when} 擦除', 'Erased on {when}', { when: date(at ?? '') })}` }
  })
}
/** What holds for all of them. */
export const erasureNote = (mine: Pick<Mine, 'erasure' | 'erasures'>): string => (erasureLines(mine).length > 1 ? t('几次响应都用到的信息，随其中最后一次擦除。', 'What several responses need is erased with the last of them.') : say(mine.erasure))
