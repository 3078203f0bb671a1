/** Finding a person. */
import { useEffect, useRef } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { KeyHint, useKey } from '#ui/keys.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { people } from '../contract.ts'
import { ClosedNames } from './cards.tsx'
import { useSettled } from './person-pick.tsx'
import { personAddress, personKind } from './words.ts'
import './directory.css'

const most = 50

export function PeoplePage() {
  const [search, setSearch] = useSearchParams()
  const [, go] = useLocation()
  const box = useRef<HTMLDivElement>(null)
  const typed = search.get('q') ?? ''
  const text = useSettled(typed.trim())
  const found = useRead(people, { text: text || '-', most }, { enabled: text !== '' })
  const focus = () => box.current?.querySelector('input')?.focus()
  useEffect(focus, [])
  useKey('/', focus)
  const first = found.data?.people[0]
  return (
    <Page title={t('人员', 'People')} lead={t('在您的职务范围内查找。谁查看过个人信息，本人看得到。', 'Searches within your offices. A person sees who looked at their data.')}>
      <div className="d-search" ref={box} role="search">
        <TextInput
          type="search"
          prefix="search"
          label={t('姓名、拼音首字母或学工号', 'Name, pinyin initials or number')}
          placeholder={t('姓名、拼音首字母或学工号', 'Name, pinyin initials or number')}
          maxLength={60}
          value={typed}
          onChange={(value) => setSearch(value ? { q: value } : {}, { replace: true })}
          onEnter={() => first && text === typed.trim() && go(personAddress(first.personId))}
        />
        <KeyHint keys="/" />
      </div>
      {text === '' ? (
        <EmptyState icon="search" title={t('要找谁？', 'Whom are you looking for?')}>
          <p>{t('例如“张伟”、“zw”或学号的后几位。回车打开第一个。', 'For example 张伟, zw or the last digits of a number. Enter opens the first.')}</p>
        </EmptyState>
      ) : (
        <Panel flush>
          <Ready read={found} empty={{ when: (data) => data.people.length + data.closed.length === 0, show: <EmptyState icon="people" title={t('没有找到“{text}”', 'Nobody matches “{text}”', { text })}>{t('也可能不在您的范围内。', 'They may also be outside what you may see.')}</EmptyState> }}>
            {(data) => (
              <Stack gap={0}>
                {data.people.map((person) => (
                  <RowLink
                    key={person.personId}
                    to={personAddress(person.personId)}
                    title={<span translate="no">{person.name}</span>}
                    text={
                      <>
                        <span className="num">{person.number}</span> · {personKind(person.kind)}
                        {person.unit && ` · ${inScript(person.unit.name)}`}
                      </>
                    }
                  />
                ))}
                {data.closed.length > 0 && <ClosedNames closed={data.closed} onGiven={found.retry} />}
                {data.people.length === most && <p className="d-inner b-muted">{t('只显示前 {n} 人，请再多输入几个字。', 'Only the first {n} are shown; type a little more.', { n: most })}</p>}
              </Stack>
            )}
          </Ready>
        </Panel>
      )}
    </Page>
  )
}
