/** Everything that can be set, in groups, each with a line that says what it is; found by its words. */
import { t } from '#ui/words.ts'

export interface Setting {
  to: string
  title: string
  text: string
  /** Other words people look for it by. */
  also: string
  needs?: readonly string[]
}
export interface SettingGroup {
  key: string
  title: string
  settings: readonly Setting[]
}

export function settingGroups(): SettingGroup[] {
  return [
    {
      key: 'institution', title: t('单位', 'Institution'),
      settings: [
        { to: '/start', title: t('启用', 'Getting started'), text: t('从空系统到第一份通知，现在到了哪一步', 'From empty to the first notice: how far it is'), also: 'first run setup 向导 初始化', needs: ['directory.manage'] },
        { to: '/settings/institution', title: t('单位信息', 'The institution'), text: t('名称、时区、默认语言；不能改的和原因', 'Name, time zone, usual language; what cannot change, and why'), also: 'name time zone language 名称 时区 代码', needs: ['directory.manage'] },
        { to: '/settings/vocabulary', title: t('用语', 'Words'), text: t('组织类型、职务、人员身份在本单位怎么叫', 'What units, offices and kinds of people are called here'), also: 'vocabulary terms 词汇 学院 辅导员' },
        { to: '/units', title: t('组织与任职', 'Units and offices'), text: t('新建、改名、移动组织；任命、代理、免职', 'Make, rename and move units; appoint, stand in, end'), also: 'org tree appoint 任命 组织树', needs: ['unit.read'] },
        { to: '/settings/drills', title: t('演练', 'Drills'), text: t('生成虚拟校园、换身份体验、删除', 'Make a synthetic campus, be somebody else, delete it'), also: 'drill demo 演示 试用', needs: ['drill.manage'] },
      ],
    },
    {
      key: 'people', title: t('人与权限', 'People and rights'),
      settings: [
        { to: '/settings/accounts', title: t('账号', 'Accounts'), text: t('邀请、重设密码、退出设备、解锁', 'Invite, reset, sign out, unlock'), also: 'password invite session 密码 邀请码 登录', needs: ['account.manage'] },
        { to: '/settings/roles', title: t('角色与权限', 'Roles and rights'), text: t('每个角色能做什么，全校性职务由谁担任', 'What each role may do, and who holds those over the institution'), also: 'permission rbac 权限 值班员' },
        { to: '/start/offices', title: t('任职建议', 'Proposed offices'), text: t('从名册看出的职务和辅导员，确认后任命', 'Offices and counsellors as the rosters say, to be confirmed'), also: 'counsellor 辅导员 任命', needs: ['directory.manage'] },
        { to: '/roster', title: t('导入名册', 'Import a roster'), text: t('人员、任职、联系户；模板、导入记录和回执', 'People, offices, links; templates, imports and receipts'), also: 'xlsx csv template 模板 学生 教职工', needs: ['roster.import'] },
        { to: '/facts/import', title: t('从文件导入上报', 'Facts from a file'), text: t('检测结果、测温记录、缺勤登记', 'Test results, temperatures, absence logs'), also: 'upload 批量 检测', needs: ['fact.import'] },
      ],
    },
    {
      key: 'asking', title: t('采集与负担', 'Asking and its burden'),
      settings: [
        { to: '/settings/attributes', title: t('信息项', 'Attributes'), text: t('采集什么、为什么、多久有效、向谁问', 'What is collected, why, how long it stays fresh, who is asked'), also: 'fields questions 字段 问题' },
        { to: '/measures', title: t('措施', 'Measures'), text: t('要求什么、对谁、从何时到何时', 'What is required of whom, from when to when'), also: 'requirements 要求', needs: ['coverage.read'] },
        { to: '/settings/burden', title: t('负担上限', 'Budget of burden'), text: t('每人每天最多被占用多少时间，现在用了多少', 'How much of a day everybody may be asked for, and how much is used'), also: 'budget seconds 秒 层层加码', needs: ['coverage.read'] },
        { to: '/settings/retention', title: t('保留与删除', 'Keeping and erasing'), text: t('哪些留多久、何时删、谁决定', 'What is kept how long, when it dies, who decides'), also: 'retention erase privacy 删除 隐私 期限' },
      ],
    },
    {
      key: 'telling', title: t('告知', 'Telling'),
      settings: [{ to: '/settings/messages', title: t('消息', 'Messages'), text: t('推送、邮件、企业微信、钉钉、飞书机器人', 'Push, mail, WeCom, DingTalk, Feishu robots'), also: 'push mail robot webhook 企业微信 钉钉 飞书', needs: ['message.manage'] }],
    },
    {
      key: 'watching', title: t('监督', 'Watching over'),
      settings: [
        { to: '/log', title: t('操作与查看记录', 'Log'), text: t('谁看过、做了什么、异常查看、导出', 'Who looked, what was done, odd looks, export'), also: 'audit access 审计 日志', needs: ['log.read'] },
        { to: '/my-data', title: t('我的数据', 'My data'), text: t('存了我的什么、谁看过、何时删除', 'What is held about me, who looked, until when'), also: 'privacy 隐私 谁看过我' },
      ],
    },
    {
      key: 'mine', title: t('我自己', 'Myself'),
      settings: [{ to: '/account', title: t('我的账户', 'My account'), text: t('职务、密码、退出登录', 'Offices, password, signing out'), also: 'password 密码' }],
    },
  ]
}
