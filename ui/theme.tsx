/** The console's look: our tokens handed to antd, its words in the reader's language. */
import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import zhTW from 'antd/es/locale/zh_TW.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import 'dayjs/locale/zh-tw.js'
import { type ComponentProps, useMemo, type ReactNode } from 'react'
import { antColours } from './tokens.ts'
import { useLook } from './look.ts'
import { ToastHost } from './toast.tsx'
import { useLanguage } from './words.ts'
import './tokens.css'
import './base.css'
import './console.css'

type AntLocale = ComponentProps<typeof ConfigProvider>['locale']
// Typed as CommonJS by the package, served as modules by the bundler: the words sit at either level.
const localeOf = (module: unknown): AntLocale => ((module as { default?: AntLocale }).default ?? module) as AntLocale

export function ConsoleTheme({ children }: { children: ReactNode }) {
  const language = useLanguage()
  const look = useLook()
  dayjs.locale(language === 'en' ? 'en' : language === 'zh-Hant' ? 'zh-tw' : 'zh-cn')
  const theme = useMemo(() => {
    const colours = antColours[look]
    return {
      algorithm: look === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      token: {
        colorPrimary: colours.accent,
        colorInfo: colours.accent,
        colorLink: colours.accent,
        colorError: colours.seal,
        colorWarning: colours.gap,
        colorSuccess: colours.kept,
        colorText: colours.ink,
        colorTextSecondary: colours.ink2,
        colorTextDescription: colours.ink3,
        colorTextPlaceholder: colours.ink3,
        colorTextLightSolid: colours.accentInk,
        colorBgBase: colours.sheet,
        colorBgContainer: colours.sheet,
        colorBgElevated: colours.sheet,
        colorBgLayout: colours.paper,
        colorBorder: colours.line2,
        colorBorderSecondary: colours.line,
        fontFamily: 'var(--sans)',
        fontSize: 14,
        borderRadius: 6,
        wireframe: false,
        controlHeight: 36,
        boxShadow: 'var(--raise)',
        boxShadowSecondary: 'var(--raise)',
        motionDurationMid: '0.12s',
        motionDurationSlow: '0.16s',
      },
      components: {
        Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
        Tabs: { titleFontSize: 14, horizontalItemPadding: '10px 2px' },
        Segmented: { itemSelectedBg: colours.sheet, trackBg: colours.sunken },
      },
    }
  }, [look])
  return (
    <ConfigProvider locale={localeOf(language === 'en' ? enUS : language === 'zh-Hant' ? zhTW : zhCN)} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <ToastHost>{children}</ToastHost>
      </AntApp>
    </ConfigProvider>
  )
}
