/** That somebody asked for an answer: said calmly, without reproach. */
import type { Asking, AsksAnswer } from '#slices/measures/web/asking.ts'
import { relative } from '#ui/format.ts'
import { officeTitle } from '#ui/own-words.ts'
import { t } from '#ui/words.ts'

/** 辅导员 辅甲 10 分钟前提醒过您. */
export function Reminded({ reminded, visibleTo, again }: { reminded: NonNullable<Asking['reminded']>; visibleTo: AsksAnswer['visibleTo']; /** It was answered; they ask for it anew. */ again?: boolean | undefined }) {
  const office = visibleTo.find((owner) => owner.person.name === reminded.by)?.officeTitle
  const when = relative(reminded.at)
  return (
    <>
      {reminded.by ? (
        <>
          {office && `${officeTitle(office)} `}
          <span translate="no">{reminded.by}</span> {again ? t('{when}请您重填', 'asked you {when} to answer again', { when }) : t('{when}提醒过您', 'reminded you {when}', { when })}
        </>
      ) : (
        t('{when}有人提醒过您', 'you were reminded {when}', { when })
      )}
      {reminded.note && `${t('：', ': ')}${reminded.note}`}
    </>
  )
}
