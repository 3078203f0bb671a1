/** Me: who answers for me, what is held of me, what waits to be sent, language, installing, signing out. */
import { useEffect, useState } from 'react'
import { NotifyCard } from '#slices/messages/web/pocket-notify.tsx'
import { asProblem } from '#ui/data.ts'
import { setLook, useLookChoice } from '#ui/look.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Badge, BigButton, Card, Screen, SectionTitle, Stack } from '#ui/pocket/parts.tsx'
import { CallButton, Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { Note } from '#ui/states.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, setLanguage, t, useLanguage } from '#ui/words.ts'
import { leavePhone } from '../leave.ts'
import { useMe } from '../session.tsx'

export function MePage() {
  const { me } = useMe()
  const { items, waiting, refused } = useOutbox()
  if (!me) return null
  const office = me.offices[0]
  return (
    <Screen title={<span translate="no">{me.person.name}</span>} lead={<span className="num">{[me.person.number, office ? `${asRead(office.unit.name)} ${officeTitle(office.title)}` : asRead(me.units.find((unit) => unit.tree === 'admin')?.name ?? '')].join(' · ')}</span>}>
      <SectionTitle>{t('谁负责我', 'Who answers for me')}</SectionTitle>
      {me.owners.length === 0 ? (
        <Note tone="warn">{t('现在没有人负责您。这会列给指挥部，尽快安排。', 'Nobody answers for you at present. The duty office sees this and will arrange it.')}</Note>
      ) : (
        <Rows>
          {me.owners.slice(0, 4).map((owner) => (
            <Row
              key={owner.person.personId} title={<span translate="no">{owner.person.name}</span>}
              text={
                <span>
                  {asRead(owner.unit.name)} {officeTitle(owner.officeTitle)}
                  {owner.capacity === 'deputy' && t('（代理）', ' (deputy)')}
                </span>
              }
              {...(owner.phone ? { end: <CallButton name={owner.person.name} phone={owner.phone} /> } : {})}
            />
          ))}
        </Rows>
      )}
      <SectionTitle>{t('我的信息', 'About me')}</SectionTitle>
      <Stack>
        <Card icon="file" title={t('我的数据', 'My data')} text={t('存了什么、谁看过、何时删除', 'What is held, who looked, until when')} to="/me/data" />
        <Card icon="help" title={t('求助', 'Help')} text={t('提出求助，查看进展', 'Ask for help, see where it stands')} to="/help" />
      </Stack>
      <SectionTitle>{t('这台手机', 'This phone')}</SectionTitle>
      <Stack>
        <NotifyCard />
        <Card icon="outbox" title={t('发送情况', 'Sending')} text={sendingWords(waiting.length, refused.length, items.length)} to="/outbox" {...(refused.length > 0 ? { end: <Badge tone="bad">{refused.length}</Badge> } : waiting.length > 0 ? { end: <Badge tone="warn">{waiting.length}</Badge> } : {})} />
        <InstallHint />
      </Stack>
      <SectionTitle>{t('显示', 'Display')}</SectionTitle>
      <Stack>
        <LanguageChoice />
        <LookChoice />
      </Stack>
      <div style={{ height: 24 }} />
      <SignOut />
    </Screen>
  )
}

function sendingWords(waiting: number, refused: number, all: number): string {
  if (refused > 0) return t('{n} 项没有被接受，请看原因', '{n} not accepted; see why', { n: refused })
  if (waiting > 0) return t('{n} 项等待发送', '{n} {n:waits|wait} to be sent', { n: waiting })
  return all > 0 ? t('都已送达', 'Everything is delivered') : t('没有待发送的内容', 'Nothing waits to be sent')
}

function LanguageChoice() {
  const now = useLanguage()
  return (
    <div className="p-seg" role="group" aria-label={t('语言', 'Language')}>
      {(['zh-Hans', 'zh-Hant', 'en'] as const).map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={now === one} onClick={() => void setLanguage(one)}>
          {one === 'en' ? 'English' : one === 'zh-Hant' ? '繁體' : '简体'}
        </button>
      ))}
    </div>
  )
}

function LookChoice() {
  const now = useLookChoice()
  return (
    <div className="p-seg" role="group" aria-label={t('明暗', 'Light or dark')}>
      {(['system', 'light', 'dark'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={now === one} onClick={() => setLook(one)}>
          {one === 'system' ? t('跟随系统', 'System') : one === 'light' ? t('浅色', 'Light') : t('深色', 'Dark')}
        </button>
      ))}
    </div>
  )
}

interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}

/** Where the browser offers it, one tap; elsewhere how to do it by hand. Nothing once it is installed. */
function InstallHint() {
  const [offered, setOffered] = useState<InstallEvent | null>(null)
  useEffect(() => {
    const catchOffer = (event: Event) => {
      event.preventDefault()
      setOffered(event as InstallEvent)
    }
    addEventListener('beforeinstallprompt', catchOffer)
    return () => removeEventListener('beforeinstallprompt', catchOffer)
  }, [])
  if (matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true) return null
  const title = t('添加到桌面', 'Add to the home screen')
  if (offered) return <Card icon="download" title={title} text={t('不用安装应用，断网也能打开', 'No app to install; opens without a network')} onPress={() => void offered.prompt().then(() => setOffered(null))} />
  return <Card tone="calm" icon="download" title={title} text={byHand()} />
}

/** How it is done where the browser does not offer it. The chat apps' own browsers cannot at all, and need not. */
function byHand(): string {
  const agent = navigator.userAgent
  if (/wxwork|MicroMessenger|DingTalk|Lark|Feishu/i.test(agent)) return t('在聊天应用里可以直接用，断网也能打开；要放到桌面，请用右上角菜单选“在浏览器打开”', 'It works inside the chat app, also without a network; to put it on the home screen, choose “Open in browser” in the menu at the top right')
  if (/iPhone|iPad/.test(agent)) return t('点底部的分享按钮，选“添加到主屏幕”，断网也能打开', 'Press the share button, then “Add to Home Screen”; it opens without a network')
  return t('在浏览器菜单里选“添加到主屏幕”，断网也能打开', 'Choose “Add to Home Screen” in the browser menu; it opens without a network')
}

function SignOut() {
  const { waiting, refused } = useOutbox()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const unsent = waiting.length + refused.length
  const leave = () => {
    setBusy(true)
    leavePhone().catch((error: unknown) => {
      setBusy(false)
      setProblem(asProblem(error).message)
    })
  }
  return (
    <>
      <BigButton look="plain" icon="out" onPress={() => setOpen(true)}>
        {t('退出登录', 'Sign out')}
      </BigButton>
      <Sheet
        open={open} title={t('退出登录', 'Sign out')} onClose={() => setOpen(false)}
        foot={
          <>
            {problem && <Note tone="bad">{problem}</Note>}
            <BigButton look="danger" busy={busy} onPress={leave}>
              {unsent > 0 ? t('仍要退出', 'Sign out anyway') : t('退出', 'Sign out')}
            </BigButton>
          </>
        }
      >
        {unsent > 0 ? (
          <Note tone="warn">{t('还有 {n} 项没有送达。它们留在本机，等您再次登录后才会发送。请尽量等送达后再退出。', '{n} {n:entry has|entries have} not been delivered. What is left stays on this phone and is sent only when you sign in again. If you can, wait until they are delivered.', { n: unsent })}</Note>
        ) : (
          <p>{t('本机记住的内容会一并清除。', 'What this phone remembers is wiped.')}</p>
        )}
      </Sheet>
    </>
  )
}
