/** The drawing itself: only the parts of echarts that are used. Loaded by chart.tsx on demand. */
import { LineChart, TreemapChart } from 'echarts/charts.js'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components.js'
import { init, use, type EChartsCoreOption } from 'echarts/core.js'
import { SVGRenderer } from 'echarts/renderers.js'
import { useEffect, useEffectEvent, useRef } from 'react'
import { shareOf, type Plot, type TreeNode } from './chart.tsx'
import { count, date } from './format.ts'
import { useLook } from './look.ts'
import { antColours, type Colours } from './tokens.ts'
import { t } from './words.ts'

use([LineChart, TreemapChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export function Drawing({ plot, height }: { plot: Plot; height: number }) {
  const look = useLook()
  const box = useRef<HTMLDivElement>(null)
  const open = useEffectEvent((id: string) => {
    if (plot.kind === 'tree') plot.onOpen?.(id)
  })
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current, null, { renderer: 'svg' })
    const colours = antColours[look]
    chart.setOption(plot.kind === 'trend' ? trendOption(plot, colours) : treeOption(plot, colours))
    chart.on('click', (event: { data?: unknown }) => {
      const id = (event.data as { id?: string } | undefined)?.id
      if (id) open(id)
    })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [plot, look])
  return <div ref={box} style={{ height, width: '100%' }} />
}

const still = typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches

function trendOption(plot: Extract<Plot, { kind: 'trend' }>, colours: Colours): EChartsCoreOption {
  // Told apart by the dash as well as by the colour.
  const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const
  return {
    animation: !still,
    animationDuration: 300,
    textStyle: { fontFamily: 'inherit', color: colours.ink2 },
    grid: { left: 8, right: 16, top: plot.series.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    ...(plot.series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 28, itemHeight: 6, itemGap: 18, textStyle: { color: colours.ink2 } } } : {}),
    tooltip: { trigger: 'axis', backgroundColor: colours.sheet, borderColor: colours.line2, textStyle: { color: colours.ink }, valueFormatter: (value: unknown) => (typeof value === 'number' ? count(value) : t('未知', 'unknown')) },
    xAxis: { type: 'category', boundaryGap: false, data: plot.at.map((moment) => date(moment)), axisLine: { lineStyle: { color: colours.line2 } }, axisTick: { show: false }, axisLabel: { color: colours.ink3, hideOverlap: true } },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.ink3, formatter: (value: number) => count(value) } },
    series: plot.series.map((one, index) => {
      const colour = colours[one.tone ?? 'accent']
      return {
        name: one.name,
        type: 'line',
        data: one.values.map((value) => value ?? '-'),
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 5,
        showSymbol: plot.at.length < 40,
        lineStyle: { color: colour, width: 2, type: dashes[index % dashes.length] },
        itemStyle: { color: colour },
        ...(one.stack ? { stack: 'all', areaStyle: { color: colour, opacity: 0.35 } } : plot.series.length === 1 ? { areaStyle: { color: colour, opacity: 0.1 } } : {}),
      }
    }),
  }
}

function treeOption(plot: Extract<Plot, { kind: 'tree' }>, colours: Colours): EChartsCoreOption {
  const data = (nodes: readonly TreeNode[]): unknown[] =>
    nodes.map((node) => ({
      id: node.id,
      name: node.name,
      value: Math.max(node.size, 0.5),
      share: node.share,
      size: node.size,
      itemStyle: { color: node.share === null ? colours.line2 : shade(colours, node.share), decal: node.share === null ? { symbol: 'rect', color: colours.line } : undefined },
      ...(node.children ? { children: data(node.children) } : {}),
    }))
  const words = (params: { name: string; data: { share: number | null; size: number } }) => `${params.name}\n${params.data ? shareOf(params.data) : ''}`
  return {
    animation: !still,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: 'inherit' },
    tooltip: {
      backgroundColor: colours.sheet,
      borderColor: colours.line2,
      textStyle: { color: colours.ink },
      formatter: (params: { name: string; data: { share: number | null; size: number } }) => `${escape(words(params)).replace('\n', '<br>')}<br>${t('{n} 人', '{n} {n:person|people}', { n: count(params.data?.size ?? 0) })}`,
    },
    series: [
      {
        type: 'treemap',
        data: data(plot.nodes),
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        leafDepth: 1,
        itemStyle: { borderColor: colours.sheet, borderWidth: 0, gapWidth: 3 },
        label: { show: true, color: colours.ink, fontSize: 13, lineHeight: 20, overflow: 'truncate', formatter: words },
      },
    ],
  }
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** From the colour of gaps, through paper, to the colour of kept, kept pale so that ink stays readable on it. */
function shade(colours: Colours, share: number): string {
  const dark = colours === antColours.dark
  const to = share >= 0.9 ? colours.kept : share >= 0.5 ? colours.unknown : colours.gap
  const strength = share >= 0.9 ? 0.22 + (share - 0.9) * 2 : share >= 0.5 ? 0.3 : 0.4
  return mix(colours.sheet, to, dark ? strength * 0.9 : strength)
}

function mix(from: string, to: string, amount: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return `#${[1, 3, 5].map((at) => Math.round(channel(from, at) * (1 - amount) + channel(to, at) * amount).toString(16).padStart(2, '0')).join('')}`
}
