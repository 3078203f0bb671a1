/** Settings: language and appearance of this browser; what the institution lets one manage. */
import { Choices, Field, Form } from '#ui/controls.tsx'
import { queryClient } from '#ui/data.ts'
import { setLook, useLookChoice } from '#ui/look.ts'
import { Details, Page, Panel, RowLink } from '#ui/page.tsx'
import { DrillTag } from '#ui/tags.tsx'
import { read, setLanguage, t, useLanguage } from '#ui/words.ts'
import { vocabularyName } from '#slices/directory/web/words.ts'
import { useMe } from './session.tsx'

export function SettingsPage() {
  const language = useLanguage()
  const look = useLookChoice()
  const { me, can } = useMe()
  return (
    <Page title={t('设置', 'Settings')}>
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
      {me && (
        <Panel title={t('单位', 'Institution')}>
          <Details
            items={[
              { label: t('名称', 'Name'), value: <>{read(me.institution.name)} {me.institution.drill && <DrillTag />}</> },
              { label: t('代码', 'Code'), value: <code>{me.institution.code}</code> },
              { label: t('时区', 'Time zone'), value: me.institution.timeZone },
              { label: t('用语', 'Vocabulary'), value: vocabularyName(me.institution.vocabulary) },
            ]}
          />
        </Panel>
      )}
      <Panel flush title={t('更多', 'More')}>
        <RowLink to="/account" title={t('我的账户', 'My account')} text={t('职务、密码、退出登录', 'Offices, password, signing out')} />
        <RowLink to="/settings/attributes" title={t('信息项', 'Attributes')} text={t('采集什么、为什么、多久有效、向谁问', 'What is collected, why, how long it stays fresh, who is asked')} />
        {can('fact.import') && <RowLink to="/facts/import" title={t('从文件导入上报', 'Facts from a file')} text={t('检测结果、测温记录、缺勤登记', 'Test results, temperatures, absence logs')} />}
        {can('roster.import') && <RowLink to="/roster" title={t('导入名册', 'Import a roster')} text={t('人员、任职、联系户', 'People, offices, links')} />}
      </Panel>
    </Page>
  )
}
