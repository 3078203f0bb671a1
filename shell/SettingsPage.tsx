/** Settings: everything that can be set, grouped, findable; language and look of this browser. */
import { useState } from 'react'
import { Choices, Field, Form, TextInput } from '#ui/controls.tsx'
import { queryClient } from '#ui/data.ts'
import { setLook, useLookChoice } from '#ui/look.ts'
import { Page, Panel, RowLink } from '#ui/page.tsx'
import { useNameMatch } from '#ui/pinyin.ts'
import { EmptyState } from '#ui/states.tsx'
import { setLanguage, t, useLanguage } from '#ui/words.ts'
import { useMe } from './session.tsx'
import { settingGroups } from './settings/groups.ts'
import './first-run/first-run.css'

export function SettingsPage() {
  const language = useLanguage()
  const look = useLookChoice()
  const { can } = useMe()
  const match = useNameMatch()
  const [typed, setTyped] = useState('')
  const groups = settingGroups()
    .map((group) => ({
      ...group,
      settings: group.settings.filter((one) => (!one.needs || one.needs.some(can)) && (match(one.title, typed) || match(`${one.text} ${one.also}`, typed))),
    }))
    .filter((group) => group.settings.length > 0)
  const browser = match(t('语言 外观 深色 浅色', 'language appearance dark light'), typed)
  return (
    <Page wide title={t('设置', 'Settings')} lead={t('每一项说明管什么；没有权限的不显示。', 'Each line says what it is about; what you may not see is not shown.')} actions={<TextInput type="search" prefix="search" label={t('查找设置', 'Find a setting')} placeholder={t('查找设置', 'Find a setting')} value={typed} onChange={setTyped} maxLength={40} />}>
      {groups.length === 0 && !browser && <Panel><EmptyState icon="search" title={t('没有找到', 'Nothing found')}>{t('换个说法试试；也可能在您的权限之外。', 'Try other words; it may also be outside your rights.')}</EmptyState></Panel>}
      <div className="fr-set">
        {groups.map((group) => (
          <Panel key={group.key} flush title={group.title}>
            {group.settings.map((one) => <RowLink key={one.to} to={one.to} title={one.title} text={one.text} />)}
          </Panel>
        ))}
        {browser && (
          <Panel title={t('这个浏览器', 'This browser')}>
            <Form>
              <Field label={t('语言', 'Language')} hint={t('人名保持原样；组织名与通知标题按所选字形显示。', 'Names of people stay as they are; names of units and titles follow the script.')}>
                <Choices
                  value={language}
                  onChange={(next) => void setLanguage(next).then(() => queryClient.invalidateQueries())}
                  options={[
                    { value: 'zh-Hans', label: '简体中文' },
                    { value: 'zh-Hant', label: '繁體中文' },
                    { value: 'en', label: 'English' },
                  ]}
                />
              </Field>
              <Field label={t('外观', 'Appearance')}>
                <Choices
                  value={look}
                  onChange={setLook}
                  options={[
                    { value: 'system', label: t('跟随系统', 'As the system') },
                    { value: 'light', label: t('浅色', 'Light') },
                    { value: 'dark', label: t('深色', 'Dark') },
                  ]}
                />
              </Field>
            </Form>
          </Panel>
        )}
      </div>
    </Page>
  )
}
