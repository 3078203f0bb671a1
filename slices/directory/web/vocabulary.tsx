/** The words used in this institution: trees, kinds of units, kinds of people, titles of offices with the role each carries. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { AskedButton } from '#ui/feedback.tsx'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { setVocabulary, vocabulary } from '../contract.ts'
import { roleOptions } from './role-name.ts'
import { useMine } from './words.ts'
import './setup.css'

type Words = Output<typeof vocabulary>
type Word = Words['words'][number]
type Office = Words['offices'][number]

export function VocabularyPage() {
  const read = useRead(vocabulary, {}, { topics: ['directory'], keep: false })
  return (
    <Page title={t('用语', 'Words')} lead={t('本单位怎么叫。改的是叫法，不改结构和权限；名册里的职务按这里的名称认出。', 'What things are called here. It changes words, not structure or rights; titles in rosters are recognised by these.')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}>
      <Ready read={read}>{(data) => <VocabularyForm key={JSON.stringify(data.words) + JSON.stringify(data.offices)} data={data} />}</Ready>
    </Page>
  )
}

function VocabularyForm({ data }: { data: Words }) {
  const { can } = useMine()
  const toast = useToast()
  const [words, setWords] = useState<readonly Word[]>(data.words)
  const [offices, setOffices] = useState<readonly Office[]>(data.offices)
  const saving = useWrite(setVocabulary, { onDone: () => toast(t('用语已保存', 'The words were saved'), { tone: 'good' }), topics: ['session', 'directory'] })
  const manage = can('directory.manage')
  const said = (list: readonly Word[]) => list.map(({ kind, key, zh, en }) => ({ kind, key, zh: zh.trim(), en: en.trim() }))
  const officesChanged = JSON.stringify(offices) !== JSON.stringify(data.offices)
  const changed = officesChanged || JSON.stringify(said(words)) !== JSON.stringify(said(data.words))
  const titles = offices.map((office) => office.title.trim())
  const twice = titles.find((title, at) => title !== '' && titles.indexOf(title) !== at)
  const incomplete = words.some((word) => word.zh.trim() === '' || word.en.trim() === '') || offices.some((office) => office.title.trim() === '')
  const set = (word: Word, tongue: 'zh' | 'en', text: string) => setWords(words.map((one) => (one === word ? { ...one, [tongue]: text } : one)))
  const save = () => void saving.run({ words: said(words), ...(data.ownOffices || officesChanged ? { offices: offices.map(({ title, en, role }) => ({ title: title.trim(), en: en.trim() || title.trim(), role })) } : {}) })
  const groups: { key: string; title: string; about: string; of: (word: Word) => boolean }[] = [
    { key: 'tree', title: t('组织树', 'Trees'), about: t('同一批人分别站在哪几棵树里。', 'The trees in which the same people stand.'), of: (word) => word.kind === 'tree' },
    { key: 'unit', title: t('组织类型', 'Kinds of units'), about: t('如把“学院”叫“书院”，把“楼栋”叫“公寓”。', 'A “college” may be a “school” with you.'), of: (word) => word.kind === 'unit' },
    { key: 'person', title: t('人员身份', 'Kinds of people'), about: t('名册、人员页和措施里的身份。', 'In rosters, on pages of people and in measures.'), of: (word) => word.kind === 'person' },
  ]
  return (
    <>
      {!manage && <Note>{t('由管理员或值班员修改。', 'For an administrator or duty officer to change.')}</Note>}
      {groups.map((group) => (
        <Panel key={group.key} title={group.title} note={group.about}>
          <div className="d-words">
            <span className="d-words-head">{t('现成的', 'Ready-made')}</span>
            <span className="d-words-head">{t('本单位：中文', 'Here: Chinese')}</span>
            <span className="d-words-head">{t('本单位：英文', 'Here: English')}</span>
            {words.filter(group.of).map((word) => (
              <WordRow key={word.key} word={word} disabled={!manage} onChange={(tongue, text) => set(word, tongue, text)} />
            ))}
          </div>
        </Panel>
      ))}
      <Panel title={t('职务', 'Offices')} note={t('名称以它结尾的都算：写“书记”，“学院书记”也认得；长的先认。', 'A title that ends with it counts; longer ones are tried first.')}>
        <Stack gap={8}>
          <div className="d-title-row d-title-heads" aria-hidden>
            <span>{t('职务名称', 'Title')}</span>
            <span>{t('英文', 'English')}</span>
            <span>{t('相当于哪个角色', 'Which role it carries')}</span>
          </div>
          {offices.map((office, at) => (
            <div key={at} className="d-title-row">
              <TextInput label={t('职务名称', 'Title')} value={office.title} maxLength={30} disabled={!manage} onChange={(title) => setOffices(offices.map((one, index) => (index === at ? { ...one, title } : one)))} />
              <TextInput label={t('英文', 'English')} value={office.en} maxLength={60} disabled={!manage} onChange={(en) => setOffices(offices.map((one, index) => (index === at ? { ...one, en } : one)))} />
              <Pick label={t('相当于哪个角色', 'Which role it carries')} value={office.role} disabled={!manage} onChange={(role) => setOffices(offices.map((one, index) => (index === at ? { ...one, role: role ?? one.role } : one)))} options={roleOptions()} />
              {manage ? <Button look="quiet" icon="close" hint={t('删去“{title}”', 'Leave out “{title}”', { title: office.title })} onClick={() => setOffices(offices.filter((_, index) => index !== at))} /> : <span />}
            </div>
          ))}
          {manage && (
            <Stack row>
              <Button icon="plus" onClick={() => setOffices([...offices, { title: '', en: '', role: 'head' }])}>{t('加一个职务', 'Add an office')}</Button>
            </Stack>
          )}
          <Note>{t('这里删去的名称只是以后不再从名册认出；已经设置的职务和任职不受影响。', 'What is left out here is no longer recognised in rosters; offices and holders that are there stay.')}</Note>
        </Stack>
      </Panel>
      <WriteProblem problem={saving.problem} />
      {twice && <Note tone="bad">{t('职务“{title}”写了两次。', 'The office “{title}” is there twice.', { title: twice })}</Note>}
      {manage && (
        <Stack row align="between">
          {data.changed > 0 ? (
            <AskedButton label={t('恢复现成用语', 'Back to the ready-made words')} title={t('恢复现成用语？', 'Back to the ready-made words?')} text={t('本单位改过的 {n} 处叫法将撤销；结构、人员和任职不变。', 'The {n} {n:change|changes} {n:is|are} undone; structure, people and offices stay.', { n: data.changed })} action={t('恢复', 'Restore')} problem={saving.problem} run={() => saving.run({ words: [] })} />
          ) : <span />}
          <Button look="primary" busy={saving.busy} disabled={!changed || incomplete || twice !== undefined} onClick={save}>{t('保存用语', 'Save the words')}</Button>
        </Stack>
      )}
    </>
  )
}

function WordRow({ word, disabled, onChange }: { word: Word; disabled: boolean; onChange: (tongue: 'zh' | 'en', text: string) => void }) {
  const given = say(word.given)
  return (
    <>
      <span className="d-words-key">{given}</span>
      <TextInput label={t('{word}：中文', '{word}: Chinese', { word: given })} value={word.zh} maxLength={30} disabled={disabled} onChange={(text) => onChange('zh', text)} />
      <TextInput label={t('{word}：英文', '{word}: English', { word: given })} value={word.en} maxLength={60} disabled={disabled} onChange={(text) => onChange('en', text)} />
    </>
  )
}
