/** My data: what is held, where it came from, until when; who looked and why; correcting an answer. */
import { useState } from 'react'
import type { Static } from 'typebox'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { mySessions, person as personCall, type me } from '#slices/directory/contract.ts'
import { deviceWords } from '#slices/directory/web/device-words.ts'
import { Devices } from '#slices/directory/web/pocket-devices.tsx'
import { mine as casesCall } from '#slices/health/contract.ts'
import { caseLines } from '#slices/health/web/case-lines.ts'
import { told as toldCall } from '#slices/messages/contract.ts'
import { ToldMe } from '#slices/messages/web/pocket-told.tsx'
import { wayWords } from '#slices/messages/web/told-words.ts'
import { asProblem, client } from '#ui/data.ts'
import { loadAreas, useAreas } from '#ui/areas.ts'
import { date, dateTime, presentMoment, relative, spaced } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { isoDay } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Badge, BigButton, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { useSession } from '#ui/session.tsx'
import { ErrorState, Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, say, t } from '#ui/words.ts'
import { answer, myData, type KnownFact } from '#slices/facts/contract.ts'
import { erasureLines, erasureNote } from '#slices/facts/web/erasure-words.ts'
import { handOut, myDataPage } from './file.ts'
import { Looker, lookerWords } from './looker.tsx'
import { PocketAnswer } from '#slices/facts/web/pocket-answer.tsx'
import { valueWords, type AttributeShape } from '#slices/facts/web/values.ts'
import { purposeName } from '#slices/facts/web/purposes.ts'

type Fact = Static<typeof KnownFact>

export function MyDataPage() {
  const read = useKeptRead(myData, {}, { topics: ['my-data'] })
  const [open, setOpen] = useState<AttributeShape | null>(null)
  const { me: mySelf } = useSession<Output<typeof me>>()
  const toast = useToast()
  const person = useKeptRead(personCall, { personId: mySelf?.person.personId ?? '' }, { topics: ['my-data'], enabled: mySelf !== undefined })
  const data = read.data
  const { areas } = useAreas(data?.facts.some((fact) => data.attributes.find((one) => one.key === fact.attribute)?.type === 'area') ?? false)
  const pending = usePending(answer, read.at).flatMap((one) => one.input.answers.filter((each) => !each.subjectId))
  if (!data) return <Screen title={t('我的数据', 'My data')} back="/me">{read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton />}</Screen>
  const kinds = data.attributes.filter((attribute) => data.facts.some((fact) => fact.attribute === attribute.key))
  const roster = rosterLines(person.data, mySelf?.person)
  const take = async () => {
    const table = data.facts.some((fact) => data.attributes.find((one) => one.key === fact.attribute)?.type === 'area') ? (areas ?? (await loadAreas().catch(() => null))) : null
    const [told, sessions, cases] = await Promise.all([client.call(toldCall, {}).catch(() => null), client.call(mySessions, {}).catch(() => null), client.call(casesCall, {}).catch(() => null)])
    const page = myDataPage({
      institution: asRead(mySelf?.institution.name ?? ''), madeAt: presentMoment(), person: roster,
      facts: data.facts.map((fact) => {
        const attribute = data.attributes.find((one) => one.key === fact.attribute)
        return { what: attribute ? say(attribute.label) : fact.attribute, value: attribute ? valueWords(attribute, fact.value, table) : String(fact.value), source: sourceWords(fact), observedAt: fact.observedAt, until: fact.freshUntil, purpose: attribute ? say(attribute.purpose) : '' }
      }),
      looks: data.looks.map((look) => ({ at: look.at, by: lookerWords(look), purpose: purposeName(look.purpose) })),
      told: told?.messages.map((one) => ({ at: one.madeAt, what: [say(one.title), say(one.line)].filter(Boolean).join(t('：', ': ')), way: wayWords(one) })) ?? null,
      cases: cases?.cases.flatMap(caseLines) ?? null,
      devices: sessions?.sessions.map((one) => ({ name: deviceWords(one), since: one.since })) ?? null,
      erasure: [...erasureLines(data).map((one) => `${one.title}${t('：', ': ')}${one.text}`), say(data.erasure)].join(t('；', '; ')),
    })
    if (await handOut(`${t('我的数据', 'My data')} ${mySelf?.person.number ?? ''} ${isoDay(presentMoment())}.html`, page)) toast(t('已生成。在聊天应用里没有反应的，请用“在浏览器打开”再导出。', 'Done. Where a chat app does nothing, open this in a browser and save again.'), { tone: 'good' })
  }
  return (
    <Screen title={t('我的数据', 'My data')} back="/me" lead={t('存了什么、来自哪里、谁看过、何时删除', 'What is held, from where, who looked, until when')}>
      <Roster lines={roster} />
      <SectionTitle>{t('填报与登记', 'Answers and entries')}</SectionTitle>
      {kinds.length === 0 ? (
        <Note>{t('除名册信息外，还没有您的任何填报。', 'Nothing yet but what the roster says.')}</Note>
      ) : (
        <Rows>
          {kinds.map((attribute) => {
            const facts = data.facts.filter((fact) => fact.attribute === attribute.key)
            const current = facts[0] as Fact
            const newer = pending.findLast((one) => one.attribute === attribute.key)
            return (
              <Row
                key={attribute.key} onPress={() => setOpen(attribute)} title={say(attribute.label)}
                text={
                  <>
                    <span className="p-value">{valueWords(attribute, newer ? newer.value : current.value, areas)}</span>
                    <span>{newer ? t('刚刚更正，待送达', 'just corrected, on its way') : `${sourceWords(current)} · ${relative(current.observedAt)}`}</span>
                  </>
                }
                end={facts.length > 1 ? <Badge>{facts.length}</Badge> : undefined}
              />
            )
          })}
        </Rows>
      )}
      <SectionTitle>{t('谁看过', 'Who looked')}</SectionTitle>
      {data.looks.length === 0 ? (
        <Note>{t('还没有人查看过您的信息。', 'Nobody has looked at your data yet.')}</Note>
      ) : (
        <Rows>
          {byDay(data.looks).slice(0, 30).map((look) => (
            <Row key={`${look.by} ${look.purpose} ${look.day}`} title={<Looker look={look} />} text={<span>{[purposeName(look.purpose), look.day, look.times > 1 && t('{n} 次', '{n} {n:time|times}', { n: look.times })].filter(Boolean).join(' · ')}</span>} />
          ))}
        </Rows>
      )}
      <ToldMe />
      <Devices />
      <SectionTitle>{t('何时擦除', 'Until when')}</SectionTitle>
      {erasureLines(data).length > 0 && (
        <Rows>
          {erasureLines(data).map((one) => (
            <Row key={one.title} title={one.title} text={<span className="num">{one.text}</span>} />
          ))}
        </Rows>
      )}
      <p className="p-note" style={{ marginTop: 8 }}>{erasureNote(data)}</p>
      <SectionTitle>{t('带走一份', 'Take a copy')}</SectionTitle>
      <Stack>
        <BigButton look="plain" icon="download" onPress={() => void take()}>
          {t('导出我的数据', 'Save my data')}
        </BigButton>
        <p className="p-note">{t('一个可以直接打开、打印的网页文件，含以上全部内容；只存到您自己的设备。', 'A page to open or print, with everything above; it goes to your own device only.')}</p>
      </Stack>
      <HistorySheet attribute={open} facts={data.facts.filter((fact) => fact.attribute === open?.key)} onClose={() => setOpen(null)} />
    </Screen>
  )
}

/** What came with the roster: who one is, where one belongs, how one is reached. */
function rosterLines(found: Output<typeof personCall> | undefined, brief: { name: string; number: string } | undefined): { label: string; value: string }[] {
  const lines: [string, string | null | undefined][] = [
    [t('姓名', 'Name'), brief?.name], [t('学工号', 'Number'), brief?.number],
    [t('性别', 'Sex'), found?.sex === 'male' ? t('男', 'male') : found?.sex === 'female' ? t('女', 'female') : null],
    [t('电话', 'Telephone'), found?.phone && spaced(found.phone)], [t('邮箱', 'Mail'), found?.email], [t('年级', 'Year'), found?.grade], [t('专业', 'Major'), found?.major && asRead(found.major)],
    ...(found?.units ?? []).map((path): [string, string] => [treeWords(path.at(-1)?.tree), path.map((unit) => asRead(unit.name)).join(' / ')]),
    ...(found?.offices ?? []).map((office): [string, string] => [t('职务', 'Office'), `${asRead(office.unit.name)} ${officeTitle(office.title)}`]),
  ]
  return lines.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

const treeWords = (tree: string | undefined) => (tree === 'party' ? t('党组织', 'Party') : tree === 'residence' ? t('住宿', 'Residence') : t('所在单位', 'Unit'))

function Roster({ lines }: { lines: readonly { label: string; value: string }[] }) {
  return (
    <>
      <SectionTitle>{t('名册上的', 'On the roster')}</SectionTitle>
      <dl className="p-card p-pairs">
        {lines.map((line) => (
          <div key={`${line.label} ${line.value}`}>
            <dt>{line.label}</dt>
            <dd translate="no">{line.value}</dd>
          </div>
        ))}
      </dl>
      <p className="p-note" style={{ marginTop: 8 }}>{t('来自学校名册；有误请告诉辅导员更正。', 'From the roster; tell your counsellor where it is wrong.')}</p>
    </>
  )
}

function sourceWords(fact: Fact): string {
  switch (fact.source) {
    case 'answer':
      return t('本人填报', 'answered by you')
    case 'proxy':
      return t('{by}代填', 'answered for you by {by}', { by: fact.recordedBy ?? '' })
    case 'import':
      return t('名册导入', 'from a roster')
    case 'office':
      return t('{by}登记', 'recorded by {by}', { by: fact.recordedBy ?? '' })
    case 'system':
      return t('系统推算', 'worked out by the system')
  }
}

/** The same person for the same purpose on one day is one line. */
function byDay<L extends { at: string; by: string | null; purpose: string }>(looks: readonly L[]): (L & { day: string; times: number })[] {
  const lines = new Map<string, L & { day: string; times: number }>()
  for (const look of looks) {
    const day = date(look.at)
    const key = `${look.by}\n${look.purpose}\n${day}`
    const line = lines.get(key)
    if (line) line.times++
    else lines.set(key, { ...look, day, times: 1 })
  }
  return [...lines.values()]
}

/** Every answer so far, and a correction: a new answer that says which one it corrects. */
function HistorySheet({ attribute, facts, onClose }: { attribute: AttributeShape | null; facts: readonly Fact[]; onClose: () => void }) {
  const { areas } = useAreas(attribute?.type === 'area')
  const { send } = useOutbox()
  const toast = useToast()
  const [correcting, setCorrecting] = useState(false)
  const close = () => {
    setCorrecting(false)
    onClose()
  }
  const correct = async (value: unknown) => {
    if (!attribute) return
    try {
      const corrects = facts[0]?.factId
      await send(answer, { answers: [{ factId: newId(), attribute: attribute.key, value, observedAt: presentMoment().toISOString(), ...(corrects ? { corrects } : {}) }] }, { label: t('更正：{what}', 'Corrected: {what}', { what: say(attribute.label) }), topics: ['my-data', 'asks'] })
      toast(navigator.onLine ? t('已更正', 'Corrected') : t('已保存在本机，联网后自动发送', 'Kept on this phone; sent when the network is back'), { tone: 'good' })
      close()
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
  }
  return (
    <Sheet open={attribute !== null} title={attribute ? say(attribute.label) : ''} onClose={close}>
      {attribute && (
        <Stack>
          <dl className="p-why" style={{ margin: 0, paddingTop: 0, border: 0 }}>
            <div>
              <dt>{t('用途', 'What for')}</dt>
              <dd>{say(attribute.purpose)}</dd>
            </div>
          </dl>
          <Rows>
            {facts.map((fact) => (
              <Row key={fact.factId} title={valueWords(attribute, fact.value, areas)} text={<span>{`${sourceWords(fact)} · ${dateTime(fact.observedAt)}`}</span>} end={fact.fresh ? <Badge tone="good">{t('现行', 'current')}</Badge> : undefined} />
            ))}
          </Rows>
          {attribute.askedOf === 'self' && !correcting && (
            <BigButton look="plain" onPress={() => setCorrecting(true)}>
              {t('更正', 'Correct it')}
            </BigButton>
          )}
          {correcting && <PocketAnswer attribute={attribute} title={t('更正为', 'Correct to')} onAnswer={(value) => void correct(value)} />}
        </Stack>
      )}
    </Sheet>
  )
}
