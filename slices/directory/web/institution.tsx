/** The institution itself: its name, time zone and usual language; what cannot be changed, and why. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Choices, Field, Form, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Details, Page, Panel, Stack } from '#ui/page.tsx'
import { Ready, WriteProblem } from '#ui/states.tsx'
import { DrillTag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { setInstitution, vocabulary } from '../contract.ts'
import { timeZones } from './time-zones.ts'
import { useMine, type Me } from './words.ts'

type Words = Output<typeof vocabulary>
const settings = () => ({ label: t('设置', 'Settings'), to: '/settings' })

export function InstitutionPage() {
  const { me } = useMine()
  const read = useRead(vocabulary, {}, { topics: ['directory'] })
  return (
    <Page title={t('单位', 'Institution')} lead={t('对全单位生效。改名后，组织树的顶层随之改名；已签发的通知和专报保持原样。', 'For the whole institution. The roots of the trees follow the name; issued notices and briefs stay as they were.')} breadcrumb={[settings()]}>
      {me && <Ready read={read}>{(words) => <InstitutionForm key={`${me.institution.name} ${words.language}`} me={me} words={words} />}</Ready>}
    </Page>
  )
}

function InstitutionForm({ me, words }: { me: Me; words: Words }) {
  const { can } = useMine()
  const toast = useToast()
  const [name, setName] = useState(me.institution.name)
  const [timeZone, setTimeZone] = useState<string | null>(me.institution.timeZone)
  const [language, setLanguage] = useState(words.language)
  const saving = useWrite(setInstitution, { onDone: () => toast(t('已保存', 'Saved'), { tone: 'good' }), topics: ['session', 'directory'] })
  const manage = can('directory.manage')
  const changed = name.trim() !== me.institution.name || timeZone !== me.institution.timeZone || language !== words.language
  return (
    <>
      <Panel>
        <Form onSubmit={() => { if (manage && changed && timeZone) void saving.run({ name: name.trim(), timeZone, language }) }}>
          <Field label={t('名称', 'Name')} hint={t('抬头、通知落款和专报里用。', 'In headings, under notices and in briefs.')}>
            <TextInput value={name} onChange={setName} maxLength={80} disabled={!manage} />
          </Field>
          <Field label={t('时区', 'Time zone')} hint={t('所有截止时间、“今天”“每天 17:00 前”按它计算。已经定下的截止时刻不变。', 'Deadlines and “today” are reckoned by it. Deadlines already set stay where they are.')}>
            <Pick value={timeZone} onChange={setTimeZone} options={timeZones(me.institution.timeZone)} disabled={!manage} />
          </Field>
          <Field label={t('默认语言', 'Usual language')} hint={t('系统发出的消息用它。每人在自己的浏览器里可另选。', 'For messages the system sends. Everybody may choose otherwise in their own browser.')}>
            <Choices value={language} onChange={setLanguage} disabled={!manage} options={[{ value: 'zh-Hans', label: '简体中文' }, { value: 'zh-Hant', label: '繁體中文' }, { value: 'en', label: 'English' }]} />
          </Field>
          <WriteProblem problem={saving.problem} />
          {manage && (
            <Stack row>
              <Button look="primary" submit busy={saving.busy} disabled={!changed || name.trim().length < 2}>
                {t('保存', 'Save')}
              </Button>
            </Stack>
          )}
        </Form>
      </Panel>
      <Panel title={t('不能改的', 'What cannot be changed')}>
        <Details
          columns={1}
          items={[
            { label: t('代码', 'Code'), value: <><code>{me.institution.code}</code> {me.institution.drill && <DrillTag />} <span className="b-muted">{t('登录、命令行和备份凭它认单位；改了，旧链接和脚本会指向别处。', 'Signing in, scripts and backups know the institution by it; changed, old links would lead elsewhere.')}</span></> },
            { label: t('用语基础', 'Vocabulary'), value: <>{say(words.name)} <span className="b-muted">{words.politicalStatus ? t('已按有党组织建立组织树。树已经有人，不能整棵撤换；叫法可以在“用语”里改。', 'The trees were founded with Party organisation and people stand in them: they cannot be swapped; what they are called can.') : t('按无党组织建立，不登记政治面貌。已丢弃的不能补回。', 'Founded without Party organisation: membership is not kept, and what was dropped cannot come back.')}</span></> },
          ]}
        />
      </Panel>
    </>
  )
}
