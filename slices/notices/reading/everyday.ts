/** Bans in everyday words: 三食堂明天不开, 谁都别上去, 一粒不用, 洗衣房热水断了三天起断供. What lists of official words do not hold. */
import { nouns } from './actors.ts'
import { verbAfter } from './modals.ts'

/** Plain things people do; behind 不, with somebody, something or a time before it, they are not to be done. */
const DOINGS = '开关做办卖供收发排派送接走碰烧穿坐站挤抢拉推扔倒泼晒挂爬翻吃喝抽吐留住进出上下回去放拿借换转抄补占插喂遛拍传编洗拆撕涂改锁摆搬抬挖填蹚踩骑租修印贴写喊敲打玩带退堆提塞脱订靠蹲躺跑跳追割烤煎养吸载测跨钓捞砍拔撒生'
/** 不上心, 不到位, 不开心, 不下于: a manner or a measure. */
const STATES = /^不(?:上(?:心|进|当|道|算|相|规模|档次)|下(?:于|雨|雪)|出(?:所料|意外|问题|事|错)|开(?:心|窍|化)|用(?:心|功|力)|关(?:心|注|键)|接(?:受|近)|改(?:变|色|进|善)|换(?:算)|走(?:样|心|运|过场|形式)|打(?:紧|折|扰|烊|算)|放(?:松|心|弃)|留(?:神|意|心|情|死|空|后|隐|漏|盲|缝|卫|余)|住(?:的|了)|回(?:答|应|复|头是)|吃(?:亏|力|香|紧)|排(?:除|斥)|发(?:生|现|热|烧|病|达)|出现|带(?:头|动)|退(?:缩|让|步|烧|热|不)|传(?:染)|编造|补偿|占(?:少|多)|生(?:病|效|气|锈|疑|育|动|疏|存|成)|撒(?:谎|手)|修边|写实|收(?:费|手|兵|敛|取))|[了过的]$/
/** 刷不到, 问不到的: it cannot be done. */
const CANNOT = /^不(?:到|了|着|完|起|动|住|见|清|及|掉|过|走|上来|下来|出来|开身|来)(?=[的,。;!?]|$)|^不开(?=[的,。;!?]|$)/
/** What stands before says how things are, or asks, or counts. */
const NO_TOPIC = /[的是若如了而有因可把将会才就还所能够对比]$|(?:如果|要是|除非|哪怕|因为|由于|为何|怎么|为什么|是否|至今|一直|从来|历来|大多|往往|经常|有时|偶尔|曾经?|并)$/

/** 谁都, 哪里也: whoever it is. */
const WHOEVER = /(?:谁|哪[里儿个]?|任何人|什么人|一律|全都?|统统)(?:都|也|一律)?$/

/** 隔夜饭一粒不用, 液化气一瓶都不留: not one of them; 一人不漏, 一个不少 promises all. 夜里十一点以后不留人: nobody stays. */
export function notOne(masked: string, i: number, to: number, head: number): string | null {
  const rest = masked.slice(i, to)
  const before = masked.slice(head, i)
  if (/^[^,]{0,12}(?<![\d十百千万每逐任])一[粒滴个瓶张人步件口根条间份辆点句袋勺碗杯筐箱块片棵盏](?:也|都)?$/.test(before) && /^不[\p{Script=Han}]{1,6}(?:[,。;!?]|$)/u.test(rest) && !/^不(?:[漏少落缺差剩例够能会误断]|到)/.test(rest)) return masked.slice(i, i + 2)
  // 体测先不测: not for now, whatever it is.
  if (/(?:先|暂时)$/.test(before) && before.length <= 14 && /^不[\p{Script=Han}]{1,8}(?:[,。;!?]|$)/u.test(rest) && !/^不(?:要|用|必|能|可|说|论|管|是|谈|提)/.test(rest)) return masked.slice(i, i + 2)
  // 家里没人的不通气: those left out of it.
  if (/(?:没有?人|无人|没开|没交|没办|没有)[^,]{0,6}的$/.test(before) && /^不(?:通[气电水]|供|送|发|开)[\p{Script=Han}]{0,4}(?:[,。;!?]|$)/u.test(rest)) return masked.slice(i, i + 2)
  // 期间不住集体宿舍; in 忍不住 it is no ban.
  if (/^不住(?:集体|宿舍|校|在|进|同|一|地下)/.test(rest) && !/[忍禁抵记留站守稳挡坐靠顶撑拦止挺]$/.test(before)) return '不住'
  // 楼前三米不留杂物: a thing, not a gap in the work.
  if (/^不留(?:杂物|积水|垃圾|易燃|可燃|明火|剩[饭菜]|过夜|现金|贵重|车辆|电源|残渣|污水|空瓶)/.test(rest) && !NO_TOPIC.test(before) && before.length <= 16) return '不留'
  // 车辆不过滨河路: by no way of that kind.
  if (/^不(?:过|经过|途经)[\p{Script=Han}\d]{1,6}(?:路|街|桥|河|洞|隧道|道口|大道|广场)(?=$|[,、。;])/u.test(rest) && !NO_TOPIC.test(before) && before.length <= 14) return masked.slice(i, i + 2)
  return /^不[留住]人(?:[,。;!?]|$)/.test(rest) && !/[的了不]$/.test(before) && (before.length >= 2 || /(?:前|后|点|夜里|夜间|期间)$/.test(masked.slice(Math.max(0, i - 2), i))) ? '不留' : null
}

/** The ban in 不 at `i`, where a topic, a time or nobody stands before it; the word that forbids. */
export function everydayNot(masked: string, from: number, i: number, to: number, head: number): string | null {
  const rest = masked.slice(i, to).replace(/[。;!?]+$/, '')
  const before = masked.slice(head, i)
  // 认不认可: asked; 居高不下: how it is.
  if (rest.length < 2 || rest.length > 18 || STATES.test(rest) || cannot(masked, from, i) || masked.charAt(i - 1) === masked.charAt(i + 1) || /居高不下$/.test(masked.slice(from, i + 2))) return null
  if (WHOEVER.test(before) && !/^不(?:愿|想|能|会|敢|例外|知|是|在乎|怕|懂|熟|认)/.test(rest)) return masked.slice(i, i + 2)
  // 不以任何理由强制
  if (/^不(?:以|用|拿|得以)任何(?:理由|借口|方式|形式|名义)/.test(rest)) return '不以任何'
  // 阀门未经两处签字不开, 三样少一样不开门: what falls short, then what is not done.
  if (before.length <= 24 && /(?:(?:未|没|不)经|没有?|少|缺|差|不满|不足|未满)[^,的了]{1,16}$/.test(before) && !/[的了是把将](?=$)/.test(before) && /^不[\p{Script=Han}]{1,8}$/u.test(rest) && !/^不(?:算|计|能|可|会|是|少|够|用|必|需)/.test(rest)) return masked.slice(i, i + 2)
  // 大门不锁, 灯不关: kept open, kept on.
  if (!DOINGS.includes(rest.charAt(1)) || (/[门窗灯闸机扇](?:都|也)?$/.test(before) && /^不[锁关]/.test(rest))) return null
  // 交班的不走, 发烧的不来: who it is, then what they do not do.
  if (/^[\p{Script=Han}]{2,6}的$/u.test(before) && !/^(?:有|别|剩下|真|其他|常见|所有)的$/.test(before) && rest.length <= 5) return masked.slice(i, i + 2)
  // 雨水不退，水泵不停: a motto.
  if (rest.length <= 3 && (/[^,。;]{1,5}不[^,。;]{1,2},$/.test(masked.slice(Math.max(0, from - 9), from)) || /^,[^,。;]{1,5}不[^,。;]{1,2}(?:[,。;!]|$)/.test(masked.slice(to, to + 10)))) return null
  if (NO_TOPIC.test(before) || before.length > 14 || /[,。;:的](?=$)/.test(before)) return null
  // 中午十二点到三点不上劳动课: hours in Chinese figures hold no verb.
  const topic = before.replace(/[一二三四五六七八九十\d]{1,3}[点时][半整]?[到至-]?/g, '')
  if (verbAfter(topic, 0, topic.length) !== null) return null
  // Somebody or something stands before it, or a time right before it.
  const timed = head > from
  return before.length >= 2 || timed ? masked.slice(i, i + 2) : null
}

/** Does 不 at `i` say that something cannot be done (刷不到, 问不着的)? */
export function cannot(masked: string, from: number, i: number): boolean {
  return i > from && CANNOT.test(masked.slice(i)) && /[刷找问打系改看听买挤走拿赶跟够吃睡想接通修叫追等摸学记做查推拉拧解掰接送搬带]/.test(masked.charAt(i - 1))
}

/** 级别, 类别, 送别: 别 is no ban there. */
const NO_BAN_BIE = /[特分个区类级性差识辨告派鉴甄离道送惜诀阔国组]/

/** 手别插兜, 灯别开也别关, 大家先别下楼: 别 behind a topic or a small word, whatever the verb. */
export function everydayDont(masked: string, i: number, to: number, head: number): boolean {
  if (NO_BAN_BIE.test(masked.charAt(i - 1)) || !/^别(?!看(?!手机|屏幕|视频|直播|热闹)|[人的处名称墅国样致具有提说管无])[\p{Script=Han}]/u.test(masked.slice(i, Math.min(to, i + 4)))) return false
  const before = masked.slice(head, i)
  if (/(?:先|都|也|就|可|请|千万|谁|大家|你们|同学们?|家长|又|再|更|暂时|这几天|这两天|今天|今晚|-)$/.test(before)) return true
  return before.length <= 8 && !/[的是了个各]$/.test(before) && nouns.at(masked, i - 1) === null && verbAfter(masked, head, i) === null
}

/** 停到预警解除, 延至下周一, 讲座改到下月, 往后放一周: an activity that stops or is put off, in other than the usual words. */
const PUT_OFF = /(?:(?<![顺推拖蔓绵外])延[至到](?=(?:\d|[一二三四五六七八九十]{1,3}[月日]|下|次|明|后|本|暑|寒|学|开|复|来|秋|春|预|疫|灾|汛|返)[^,]{0,12}(?:[,。;(]|$))|改[到至](?=(?:\d{1,2}[月日号]|[一二三四五六七八九十]{1,2}月|下(?!午)|明年|明天|后天|[一两三四五六七八九十\d]{1,2}(?:天|周|个月|个星期)后|寒假|暑假|开学|学期末|周[一二三四五六日末]|另)[^,]{0,12}(?:[,。;(]|$))|(?<=电影|影片|[片曲]|广播|音乐|录像|节目|视频)停放|停[到至](?=[^,。;]{0,12}(?:解除|结束|消退|退去|散|好转|恢复|平息|为止|稳定|\d[日号]|[月周][一二三四五六日底初末]|开学|复课|通知|验收|达标|合格|取消))|(?<![类后向])推[到至](?=\d|[下次明后][周月年天日个]|[一二三四五六七八九十]{1,2}月)|往后(?:放|挪|拖|延|推|排)|(?<=[\p{Script=Han}])全停(?=[,。;]|$)|缓一缓|放一放|歇一歇|作罢|停(?:发(?=[,。;]|$)|[送卖接骑跑炸烧租借撒])(?=[\p{Script=Han}]{0,8}(?:[,。;]|$))(?![\p{Script=Han}]{0,7}[的了])|断交(?=[,。;至到]|$)|断供(?!的|期|后|风险|问题|时|企业|单位)|(?<=起|即刻|立即)断[气水暖热](?=[,。;至到]|$)|甩站(?=[,。;]|$)|停课不停班)/uy

/** The word at `i` by which something is put off or stopped. */
export function putOff(masked: string, i: number, to: number): string | null {
  PUT_OFF.lastIndex = i
  return PUT_OFF.exec(masked.slice(0, to))?.[0] ?? null
}
