/** Connecting a working group: paste the address, say whose group it is and what it is to hear. */
import { useMemo, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { units as unitsCall, type me as meCall } from '#slices/directory/contract.ts'
import { roles, type Role } from '#slices/directory/rules.ts'
import { Button, Check, Choices, Field, Form, Pick, TextInput, Toggle } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { language as tongue, read as inScript, say, t } from '#ui/words.ts'
import { changeRobot, connectRobot, type overview } from '../contract.ts'
import { robotKinds, type RobotKind } from '../rules.ts'
import { robotOf, services } from '../rules/robots.ts'

export type Robot = Output<typeof overview>['robots'][number]
type Me = Output<typeof meCall>
type Tree = Me['trees'][number]['key']
const tongues = [{ value: 'zh-Hans', label: '简体中文' }, { value: 'zh-Hant', label: '繁體中文' }, { value: 'en', label: 'English' }] as const

/** Units whose groups the reader may connect: all, or those at and below their offices. */
function useUnits(tree: Tree) {
  const { me } = useSession<Me>()
  const known = useRead(unitsCall, { tree, depth: tree === 'residence' ? 4 : 8 }, { topics: ['directory'] })
  return useMemo(() => {
    const listed = (known.data?.units ?? []).filter((one) => one.tree === tree)
    const held = (me?.offices ?? []).filter((office) => (roles as Record<string, Role>)[office.role]?.permissions.includes('message.manage'))
    const whole = held.some((office) => (roles as Record<string, Role>)[office.role]?.over === 'institution' || (office.unit.parentId === null && office.unit.tree === 'admin'))
    const reached = new Set(held.map((office) => office.unit.unitId))
    // Parents come before their children.
    for (const one of listed) if (one.parentId && reached.has(one.parentId)) reached.add(one.unitId)
    return listed.filter((one) => whole || reached.has(one.unitId)).map((one) => ({ id: one.unitId, parentId: one.parentId, name: one.name }))
  }, [known.data, me, tree])
}

export function RobotForm({ existing, onClose }: { existing?: Robot; onClose: () => void }) {
  const { me } = useSession<Me>()
  const [robotId] = useState(() => existing?.robotId ?? newId())
  const [tree, setTree] = useState<Tree>(existing?.unit.tree ?? 'admin')
  const [unitId, setUnitId] = useState<string | null>(existing?.unit.unitId ?? me?.homeUnitId ?? null)
  const [name, setName] = useState(existing?.name ?? '')
  const [address, setAddress] = useState('')
  const [secret, setSecret] = useState('')
  const [wanted, setWanted] = useState<readonly RobotKind[]>(existing?.kinds ?? robotKinds)
  const [language, setLanguage] = useState(existing?.language ?? me?.institution.language ?? tongue())
  const [active, setActive] = useState(existing?.active ?? true)
  const [tried, setTried] = useState(false)
  const units = useUnits(tree)
  const toast = useToast()
  const done = { onDone: () => (toast(existing ? t('已保存', 'Saved') : t('已接入，请发一条测试', 'Connected; now send a test'), { tone: 'good' }), onClose()) }
  const connect = useWrite(connectRobot, done)
  const change = useWrite(changeRobot, done)
  const pasted = address.trim() === '' ? null : robotOf(address)
  const service = pasted?.service ?? existing?.service ?? null
  const signs = service !== null && services[service].signed
  const wrong = {
    name: name.trim() === '' ? t('请写明名称', 'Give it a name') : '',
    unit: unitId === null ? t('请选择单位', 'Choose a unit') : '',
    address: address.trim() === '' ? (existing ? '' : t('请粘贴机器人的地址', 'Paste the address of the robot')) : pasted ? '' : t('这不是企业微信、钉钉或飞书机器人的地址', 'This is no address of a WeCom, DingTalk or Feishu robot'),
    secret: signs && secret !== '' && secret.trim().length < 8 ? t('密钥太短，请完整粘贴', 'Too short: paste the whole secret') : '',
  }
  const save = () => {
    setTried(true)
    if (Object.values(wrong).some(Boolean) || unitId === null) return
    const fields = { robotId, name: name.trim(), kinds: [...wanted], language }
    const signing = signs && secret.trim() ? { secret: secret.trim() } : {}
    if (existing) void change.run({ ...fields, active, ...(pasted ? { address: address.trim() } : {}), ...signing })
    else void connect.run({ ...fields, unitId, address: address.trim(), ...signing })
  }
  const shown = (text: string) => (tried && text ? { error: text } : {})
  return (
    <SidePanel
      open title={existing ? t('修改工作群', 'Change a group') : t('接入工作群', 'Connect a group')} onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={connect.busy || change.busy} onClick={save}>
            {existing ? t('保存', 'Save') : t('接入', 'Connect')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        {!existing && (
          <ol className="ms-how">
            <li>{t('打开工作群的设置，添加“群机器人”（自定义机器人）。', 'Open the settings of the group and add a (custom) robot.')}</li>
            <li>{t('钉钉、飞书如要求安全设置，选“加签”，或填关键词“堡垒”。', 'Where DingTalk or Feishu ask for security, choose signing, or the keyword 堡垒.')}</li>
            <li>{t('复制它的 Webhook 地址，粘贴到下面。', 'Copy its webhook address and paste it below.')}</li>
          </ol>
        )}
        <Field label={t('机器人地址', 'Address of the robot')} required={!existing} {...shown(wrong.address)} hint={existing ? t('尾号 {ending}。留空则不变；地址不再完整显示。', 'Ending {ending}. Leave empty to keep it; it is never shown in full.', { ending: existing.ending }) : pasted ? t('已识别：{service}', 'Recognised: {service}', { service: say(services[pasted.service]) }) : t('等同于密码：加密保存，不再完整显示。', 'As good as a password: kept encrypted, never shown in full again.')}>
          <TextInput value={address} onChange={setAddress} maxLength={500} autoComplete="off" placeholder="https://" />
        </Field>
        {signs && (
          <Field label={t('加签密钥', 'Signing secret')} {...shown(wrong.secret)} hint={existing?.signed && !pasted ? t('已设置。留空则不变。', 'Set. Leave empty to keep it.') : t('机器人设置了“加签”时填写。', 'Where the robot wants what it gets signed.')}>
            <TextInput type="password" value={secret} onChange={setSecret} autoComplete="off" />
          </Field>
        )}
        {existing ? (
          <Field label={t('单位', 'Unit')} hint={t('换单位请移除后重新接入。', 'For another unit, remove it and connect it again.')}>
            <TextInput value={inScript(existing.unit.name)} onChange={() => {}} disabled />
          </Field>
        ) : (
          <Field label={t('哪个单位的工作群', 'Whose working group')} required {...shown(wrong.unit)}>
            {(me?.trees.length ?? 0) > 1 && <Choices joined label={t('组织树', 'Tree')} value={tree} onChange={(next) => (setTree(next), setUnitId(null))} options={(me?.trees ?? []).map((one) => ({ value: one.key, label: say(one.name) }))} />}
            <UnitPicker units={units} value={unitId !== null && units.some((one) => one.id === unitId) ? unitId : null} onChange={setUnitId} label={t('哪个单位的工作群', 'Whose working group')} />
          </Field>
        )}
        <Field label={t('名称', 'Name')} required {...shown(wrong.name)} hint={t('便于分辨，如“信息学院工作群”。', 'To tell it apart, such as “Working group of the college”.')}>
          <TextInput value={name} onChange={setName} maxLength={60} />
        </Field>
        <Field label={t('发什么', 'What it hears')} hint={t('只发数字和标题，不发姓名。', 'Numbers and titles, never names.')}>
          <div className="ms-kinds">
            {robotKinds.map((kind) => (
              <Check key={kind} value={wanted.includes(kind)} onChange={(on) => setWanted(on ? [...wanted, kind] : wanted.filter((one) => one !== kind))}>
                {kindText(kind)}
              </Check>
            ))}
          </div>
        </Field>
        <Field label={t('语言', 'Language')}>
          <Pick value={language} onChange={(next) => setLanguage(next ?? 'zh-Hans')} options={tongues} />
        </Field>
        {existing && (
          <Field label={t('启用', 'On')}>
            <Toggle value={active} onChange={setActive} label={t('启用', 'On')} />
          </Field>
        )}
        <WriteProblem problem={connect.problem ?? change.problem} />
      </Form>
    </SidePanel>
  )
}

const kindText = (kind: RobotKind) =>
  ({ duty: t('新任务：本单位收到的任务', 'New duties of the unit'), overdue: t('任务超期：本单位逾期未办结的', 'Overdue duties of the unit'), task: t('未联系上的人数（每小时至多一次）', 'How many are not reached (at most once an hour)'), level: t('响应级别的变化', 'Changes of the level') })[kind]
