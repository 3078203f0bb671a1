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
import { useStill } from './media.ts'
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
  const still = useStill()
  dayjs.locale(language === 'en' ? 'en' : language === 'zh-Hant' ? 'zh-tw' : 'zh-cn')
  const theme = useMemo(() => {
    const colours = antColours[look]
    return {
      algorithm: look === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      token: {
        motion: !still,
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
        borderRadiusLG: 8,
        boxShadow: 'var(--raise)',
        boxShadowSecondary: 'var(--raise)',
        controlOutline: 'color-mix(in srgb, var(--accent) 22%, transparent)',
        controlItemBgHover: 'var(--sunken)',
        controlItemBgActive: 'var(--accent-soft)',
        controlItemBgActiveHover: 'var(--accent-soft)',
        colorBgMask: 'var(--shade)',
        colorBgSpotlight: colours.ink,
        lineHeight: 1.6,
        motionDurationFast: 'var(--quick)',
        motionDurationMid: 'var(--quick)',
        motionDurationSlow: 'var(--calm)',
      },
      components: {
        Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, paddingInline: 16 },
        Tabs: { titleFontSize: 14, horizontalItemPadding: '10px 2px', horizontalItemGutter: 28, itemColor: colours.ink2, itemHoverColor: colours.accent, itemSelectedColor: colours.accent },
        Segmented: { itemSelectedBg: colours.sheet, trackBg: colours.sunken, itemColor: colours.ink2, itemSelectedColor: colours.accent, trackPadding: 3 },
        Select: { optionSelectedFontWeight: 600, optionHeight: 36, optionPadding: '7px 12px' },
        Tooltip: { colorTextLightSolid: colours.sheet },
        Modal: { titleFontSize: 18, titleLineHeight: 1.4, borderRadiusLG: 10 },
        Drawer: { paddingLG: 24, footerPaddingBlock: 14, footerPaddingInline: 24 },
        Steps: { iconSize: 26, iconFontSize: 13, titleLineHeight: 26 },
        Switch: { trackMinWidth: 40 },
        Checkbox: { controlInteractiveSize: 18, borderRadiusSM: 4 },
        Radio: { radioSize: 18, dotSize: 8 },
      },
    }
  }, [look, still])
  return (
    <ConfigProvider locale={localeOf(language === 'en' ? enUS : language === 'zh-Hant' ? zhTW : zhCN)} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <AntApp component={false}>
        <ToastHost>{children}</ToastHost>
      </AntApp>
    </ConfigProvider>
  )
}
