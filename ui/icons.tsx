/** Our own line icons, 20 px, for frame and pocket: small, one stroke width, no second icon set on the phone. */
import type { ReactNode } from 'react'

const shapes = {
  situation: <path d="M3 16.5V9.5M8 16.5V4.5M13 16.5V7.5M18 16.5V11.5" />,
  notices: <path d="M5 2.5h7l4 4v11H5zM12 2.5v4h4M8 10.5h5M8 13.5h5" />,
  gaps: <path d="M10 2.5a7.5 7.5 0 1 0 7.5 7.5M10 6v4.5l2.8 1.7M14.5 2.8a7.5 7.5 0 0 1 2.7 2.7" />,
  people: <path d="M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 3.9a3 3 0 0 1 0 5.3M15.2 12c1.8.7 2.8 2.3 2.8 4.5" />,
  units: <path d="M7.5 3h5v4h-5zM2.5 13h5v4h-5zM12.5 13h5v4h-5zM10 7v3M5 13v-3h10v3" />,
  responses: <path d="M4 17.5V3M4 4h11.5l-2.7 3.5L15.5 11H4" />,
  briefs: <path d="M4 3h12v14H4zM7 13v-2M10 13V7.5M13 13v-4" />,
  settings: <path d="M10 12.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM10 2.5v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M4.7 15.300l1.4-1.400M13.9 6.100l1.4-1.4" />,
  home: <path d="M3 9.5 10 3.500l7 6M5 8.500v8h10v-8M8.5 16.500v-4.500h3v4.5" />,
  tasks: <path d="M3 5.500l1.5 1.500L7 4M3 13.500l1.5 1.500L7 12M10 5.500h7M10 13.500h7" />,
  me: <path d="M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17c.4-3.3 3-5.2 6.5-5.200s6.1 1.9 6.5 5.2" />,
  menu: <path d="M3 5h14M3 10h14M3 15h14" />,
  close: <path d="M5 5l10 10M15 5 5 15" />,
  back: <path d="M12.5 4 6.5 10l6 6" />,
  next: <path d="M7.5 4l6 6-6 6" />,
  down: <path d="M4.5 7.500l5.5 5.5 5.5-5.5" />,
  up: <path d="M4.5 12.5 10 7l5.5 5.5" />,
  search: <path d="M8.8 14.600a5.8 5.8 0 1 0 0-11.6 5.8 5.8 0 0 0 0 11.600zM13 13l4.5 4.5" />,
  check: <path d="M4 10.500l4 4 8-9" />,
  warn: <path d="M10 3 2.5 16.500h15zM10 8v4M10 14.200v.1" />,
  offline: <path d="M3 3l14 14M5.5 9.800A7 7 0 0 1 8 8.300M12.6 8.500c.7.3 1.3.8 1.9 1.300M2.8 7A11 11 0 0 1 6 5M9 4.100A11 11 0 0 1 17.2 7M8 12.600a3 3 0 0 1 3.5-.2M10 16v.1" />,
  help: <path d="M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.8 7.800a2.2 2.2 0 1 1 3.3 2c-.8.5-1.1.9-1.1 1.700M10 14v.1" />,
  info: <path d="M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9.300v4.500M10 6.400v.1" />,
  phone: <path d="M6.5 2.8 4 3.500c-.8 5.5 4.5 12.8 11.5 12.700l1.2-2.7-3.5-2-1.6 1.400C9.7 11.8 8.2 9.9 7.6 8.200l1.5-1.500z" />,
  file: <path d="M5 2.500h7l4 4v11H5zM12 2.500v4h4" />,
  upload: <path d="M10 13V3.500M6 7l4-4 4 4M3.5 13v3.500h13V13" />,
  download: <path d="M10 3v9.500M6 9l4 4 4-4M3.5 13v3.500h13V13" />,
  language: <path d="M2.5 5h8M6.5 3v2M4 5c.6 3 2.6 5 5.5 6M9 5c-.6 3-2.6 5.2-6 6.500M10.5 17l3.5-9 3.5 9M11.7 14h4.6" />,
  sun: <path d="M10 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.500M10 16.500V18M2 10h1.500M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M4.3 15.700l1.1-1.100M14.6 5.400l1.1-1.1" />,
  moon: <path d="M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.500z" />,
  clock: <path d="M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.500V10l3 2" />,
  filter: <path d="M3 4.500h14l-5.5 6.500v5l-3-1.500v-3.500z" />,
  plus: <path d="M10 4v12M4 10h12" />,
  more: <path d="M4.5 10h.1M10 10h.1M15.5 10h.1" />,
  out: <path d="M8 3.500H4v13h4M12 6.500l3.5 3.5-3.5 3.500M15.5 10H8" />,
  pin: <path d="M10 17.500s5.5-4.6 5.5-9a5.5 5.5 0 0 0-11 0c0 4.4 5.5 9 5.5 9zM10 10.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4z" />,
  calendar: <path d="M3.5 4.500h13v12h-13zM3.5 8h13M7 2.500v3.500M13 2.500v3.5" />,
  camera: <path d="M2.5 6.500h3.2L7.200 4h5.600l1.500 2.500h3.2v9.500h-15zM10 13.700a3 3 0 1 0 0-6 3 3 0 0 0 0 6z" />,
  picture: <path d="M3 4h14v12H3zM3 13.500l4-4 3.500 3.500 2.500-2.500 4 4M12.800 7.800v.1" />,
  bell: <path d="M5 14.500V9a5 5 0 0 1 10 0v5.500M3.500 14.500h13M8.500 17h3" />,
  erase: <path d="M7.500 4.500h9.500v11H7.500L2.500 10zM10.200 8l4 4M14.200 8l-4 4" />,
  ruler: <path d="M2.800 13.700 13.700 2.800l3.500 3.500L6.300 17.200zM6 10.500l1.500 1.500M8.300 8.200l2 2M10.600 5.900l1.500 1.500" />,
  coverage: <path d="M3 3h6v8H3zM11 3h6v5h-6zM11 10.500h6V17h-6zM3 13.500h6V17H3z" />,
  eye: <path d="M2 10s3-5.500 8-5.500 8 5.500 8 5.500-3 5.500-8 5.500S2 10 2 10zM10 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z" />,
  history: <path d="M3.200 7.500A7.200 7.200 0 1 1 2.800 11M3 3.500v4h4M10 6.500V10l2.500 2" />,
  send: <path d="M17.500 2.800 9 11.300M17.500 2.800 12 17.200l-3-5.900-6-3z" />,
  link: <path d="M8.300 11.700a3.200 3.200 0 0 0 4.600 0l3-3a3.200 3.200 0 0 0-4.600-4.600l-1 1M11.700 8.300a3.200 3.200 0 0 0-4.600 0l-3 3a3.200 3.200 0 0 0 4.600 4.600l1-1" />,
  print: <path d="M5.500 7V3h9v4M5.500 14H3V7h14v7h-2.500M5.500 11.500h9V17h-9z" />,
  pulse: <path d="M2.5 10.500h3.500l2-5.500 3.800 10 2.200-4.500h3.500" />,
  outbox: <path d="M3 11v5.500h14V11M3 11h4l1 2h4l1-2h4M10 9.500V3M7 5.800 10 3l3 2.800" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export interface IconProps {
  name: IconName
  size?: number
  /** Read aloud; without it the icon is decoration. */
  label?: string
}

export function Icon({ name, size = 20, label }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 2.4 : 1.5} strokeLinecap="round" strokeLinejoin="round" focusable="false" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {shapes[name]}
    </svg>
  )
}

/** The mark: a beacon tower of the wall with its fire lit. What it sees is passed on to everybody, and the answer comes back. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="4 3 56 56" aria-hidden focusable="false">
      <path fill="var(--accent)" fillRule="evenodd" d="M14 20h8v5h6v-5h8v5h6v-5h8v12h-4l2.500 23H15.500L18 32h-4zM27 55h10v-8.500a5 5 0 0 0-10 0z" />
      <circle fill="var(--signal)" cx="32" cy="10.500" r="4.500" />
    </svg>
  )
}
