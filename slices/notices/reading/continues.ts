/** Which segments carry on the duty before them instead of being one of their own. */
import { findRecurrence } from './recurrence.ts'
import { STRETCH, isCounted } from './draft.ts'
import type { Draft } from './draft.ts'
import { findReport } from './report.ts'
import type { Segment } from './said.ts'

/** Somebody is told; what is only published or notified (发布信息，不渲染灾情) takes no ban with it. */
const TELLS_PEOPLE = /提醒|教育|引导|要求|告知|告诉|叮嘱|嘱咐|劝导|劝阻|倡导|宣传(?!思想|战线|部|栏|工作|系统)|提示|承诺|督促|动员|通知(?:学生|师生|家长|居民|群众|各)/

/** “分批组织接种，12月6日前完成首轮”, “加装纱窗，10月20日前装完”, “签订告知书，签收率达到100%”: until when it is done, how far. */
export function untilWhen(segment: Segment, previous: Draft, said: string, text: string): boolean {
  if (previous.modality === 'must-not' || segment.subject !== null) return false
  if (/^[\p{Script=Han}]{2,8}率(?:须|应|要|必须)?(?:达到|达|为|不低于)\d{1,3}%$/u.test(said)) return true
  if (/^连[\p{Script=Han}]{0,4}?(?:不少于|至少)?[\d一二两三四五六七八九十]+(?:小时|天|日|周|次|轮|个月)$/u.test(said) || (segment.hits.some((hit) => hit.kind === 'absolute') && /^(?:于|在)?[\d月]{3,6}[日号](?:全部)?(?:完成|结束|完毕)$/.test(said))) return true
  const limited = segment.hits.some((hit) => hit.limit && (hit.kind === 'absolute' || /^\d{3,4}日/.test(hit.value)) && hit.start <= segment.start + 1)
  if (limited && /^(?:于|在)?[^,最]{2,18}前(?:全部|统一)?(?:在[^,]{2,14})?(?:(?:运抵|送达|送抵|运至|运到|送至|送到)[^,]{2,12}|集结(?:待命|完毕)?|待命|就位)$/u.test(said)) return true
  if (limited && /^(?:于|在)?[^,最]{2,18}前(?:必须|须|应|要|务必)(?:全部|全面)?(?:完成|完毕|到位|办结)$/u.test(said)) return true
  if (limited) return /^(?:须|应|要|力争|确保|务必|并)?(?:于|在)?[^,最]{2,18}前(?:全部|全面)?(?:\p{Script=Han}{2,5}完毕|完成|完毕|结束|办结|\p{Script=Han}{1,3}(?:完|齐|到位))(?:首轮|全部|一轮|任务)?$/u.test(previous.recurrence === null ? said.replace(/(?<=首轮|第一轮)\p{Script=Han}{2,4}$/u, '').replace(/第一轮$/, '首轮') : said)
  // “清扫包干区，雪停后6小时内清扫完毕”
  if (segment.hits.some((hit) => hit.limit && hit.kind === 'relative' && hit.start <= segment.start + 1 && /^(?:全部|全面)?\p{Script=Han}{0,3}(?:完毕|完成|办结)$/u.test(text.slice(hit.end, segment.start + said.length)))) return true
  return /^(?:\d{1,2}|[一二两三四五六七八九十]{1,2}|半)(?:个)?(?:小时|分钟|天)(?:以?内)?\p{Script=Han}{1,2}(?:完|好|齐|毕)$/u.test(said)
}

/** Does this segment carry on the duty before it instead of being one of its own? */
export function continues(segment: Segment, previous: Draft | null, text: string): boolean {
  // 教育学生饭前洗手，不喝生水: what they are told not to do belongs to the telling.
  if (previous?.telling && TELLS_PEOPLE.test(text.slice(previous.start, previous.end)) && segment.modality === 'must-not' && /^不/.test(segment.modalWord ?? '') && !/^不(得|准|许|要|可|能|允|宜|应|再|予)/.test(segment.modalWord ?? '') && !segment.subject && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // “不得漏报，更不得编报”: said twice.
  if (previous?.modality === 'must-not' && /^更不[得能准许][^,。;]{0,4}[。;]?$/.test(text.slice(segment.start, segment.end)) && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // 水养植物改为沙养，或者每三天换水: one of two ways.
  if (previous !== null && previous.modality !== 'must-not' && segment.modality === null && segment.subject === null && /^或者?/.test(text.slice(segment.start, segment.end)) && /^,$/.test(text.slice(previous.end, segment.start))) return true
  const comma = previous !== null && /^,(?:并且?)?$/.test(text.slice(previous.end, segment.start))
  const said = text.slice(segment.start, segment.end).replace(/[。;!?]$/, '')
  if (comma && previous !== null && untilWhen(segment, previous, said, text)) return true
  // “一对一联系，指导其就近避险”: the same people.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.modality === null && segment.subject === null && segment.hits.length === 0 && /^(?:并)?(?:指导|告知|提醒|引导|督促|协助|帮助|劝导|安抚|叮嘱)[其他她]们?(?![中他余次])/.test(said)) return true
  // “召开班会，讲解防汛知识”: what it is held for.
  if (comma && previous !== null && previous.modality === 'must' && segment.modality === null && segment.subject === null && segment.hits.length === 0 && /(?:召开|举办|举行|开展|组织)[^,]{0,14}(?:会|讲座|培训|课)$/.test(text.slice(previous.start, previous.end)) && /^(?:讲解|宣讲|传达|学习|通报|介绍|讲授|讲清)[^,]{2,20}$/.test(said)) return true
  // “分时段前往，保持两米间距”
  if (comma && previous !== null && previous.modality === 'must' && segment.subject === null && segment.modality === null && /^(?:前后)?(?:保持|间隔|相隔)[^,]{0,4}[\d一二两三]米[^,]{0,8}$/.test(said)) return true
  // “汇总健康情况，在小程序提交”: where it is handed in.
  if (comma && previous !== null && previous.modality === 'must' && segment.modality === null && segment.subject === null && segment.hits.length === 0 && /^(?:在|通过|登录|经)[^,]{2,16}(?:小程序|系统|平台|问卷|应用)(?:内|上|中)?(?:统一|集中|如实)?(?:提交|填报|上传|报送|填写)$/.test(said) && /(?:汇总|统计|登记|收集|整理|核实|排查|摸排)/.test(text.slice(previous.start, previous.end))) return true
  // “尽量直达，避免中途停留”
  if (comma && previous?.modality === 'should' && segment.modality === null && segment.subject === null && segment.hits.length === 0 && /^避免[^,]{2,14}$/.test(said)) return true
  // “就地避险，不得外出”: to stay is not to go.
  if (comma && previous !== null && previous.modality === 'must' && segment.subject === null && segment.modality === 'must-not' && segment.hits.length === 0 && /(?:就地|原地)(?:避险|躲避|不动)$/.test(text.slice(previous.start, previous.end)) && /^(?:不得|不要|不准|不许|严禁|禁止|请勿|切勿|勿|别)(?:擅自|随意|自行|私自)?(?:外出|出门|离开|走动|下楼|出校)[^,]{0,12}$/.test(said)) {
    previous.modality = 'must-not'
    return true
  }
  // “停止线下授课，改为线上”: what is done instead.
  if (comma && previous !== null && segment.subject === null && segment.hits.length === 0 && /(?:停止|暂停|取消|停[课训工]|推迟)/.test(text.slice(previous.start, previous.end)) && !/不得|严禁|禁止|不准/.test(text.slice(previous.start, previous.end)) && /^(?:一律|全部|统一|均)?(?:改为|转为|改在|转到|改成|改由|调整为|转入|改用|转向)/.test(said)) return true
  // “三餐送到楼层，每餐不迟于开餐后40分钟”
  if (comma && previous !== null && segment.subject === null && /^每[餐次班场批][^,]{0,4}不[迟晚]于/.test(said)) return true
  // “关好水龙头，人离关阀”: said twice.
  if (comma && previous !== null && previous.modality !== 'must-not' && /^人[走离][关断锁熄灭]\p{Script=Han}{1,2}$/u.test(said)) return true
  // “人员撤离，塔吊降臂”: four signs and four.
  if (comma && previous !== null && previous.modality === 'must' && previous.end - previous.start <= 5 && said.length === 4 && segment.verb === null && segment.modality === null && segment.subject === null && segment.hits.length === 0) return true
  // “每天开窗三次，一次不少于半小时”
  if (comma && previous !== null && previous.modality !== 'must-not' && /^[一每](?:次|回|轮|场)(?:均|都|要|须)?(?:不少于|不低于|至少|不超过|不短于)/.test(said)) return true
  // “谁组织谁负责，谁签字谁负责”: one principle, said twice.
  if (comma && previous !== null && previous.modality === 'must' && /谁[^,谁]+谁/.test(text.slice(previous.start, previous.end)) && /^谁[^,谁]+谁[^,谁]+$/.test(said)) return true
  // “用呕吐包处置，再用消毒液覆盖30分钟”: the next step of one act.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.subject === null && segment.modality === null && segment.hits.length === 0 && /^再(?:用|以|次|将|由)?(?!次?[报检测排])/.test(said) && said.length <= 16) return true
  // “建议穿长袖衣裤，使用驱蚊液”: one piece of advice.
  if (comma && previous?.modality === 'should' && segment.modality === null && segment.subject === null && segment.hits.length === 0 && said.startsWith('使用')) return true
  // “先打校医院，再告诉我”: two steps.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.subject === null && segment.modality === null && segment.hits.length === 0 && /(?:^|,)[^,]{0,8}先/.test(text.slice(previous.start, previous.end)) && /^(?:然后)?再(?!次?[检测排])/.test(said)) return true
  // “煮沸或进消毒柜，温度不低于100摄氏度”, “停课，时间一般为4天”: how much, how long.
  if (comma && previous !== null && (segment.modality === null || segment.modalWord === '不少于') && segment.hits.every((hit) => !hit.limit) && (/^(?:温度|水温|浓度|余氯|储备量|库存量|存量|用量|数量|间距|间隔|距离|厚度|深度|高度|长度|时间|每[区处班组间点层栋楼馆室])[^,不]{0,4}(?:不少于|不低于|不高于|不小于|不大于|控制在|保持在)[\d一二两三四五六七八九十半]/u.test(said) || /^\p{Script=Han}{0,3}时间(?:一般|原则上)?为[\d一二两三四五六七八九十半]/u.test(said))) return true
  // “每餐每样留样不少于125克，冷藏48小时以上”
  if (comma && previous !== null && /留样|样品|每样|每个品种/.test(text.slice(previous.start, previous.end)) && segment.subject === null && /^(?:在[^,]{2,8})?(?:冷藏|存放|保存|留存|冷冻)[^,]{0,6}\d{2}小时(?:以上)?$/.test(said)) return true
  // “……灭蚊，每周不少于两次，直至……以下”: how often, until when.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.subject === null && (/^每[日天周月次班](?:均|都|各)?(?:须|应|要)?(?:不少于|至少|不低于)?[一两二三四五\d]{1,2}[次遍回]$/.test(said) && findRecurrence(said) !== null || /^直至[^,]{3,20}$/.test(said))) return true
  // “每日17:00前报学生处，并报指挥部办公室”: one report to two.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.startsWithAnd && segment.subject === null && segment.hits.every((hit) => hit.kind === 'vague') && /^(?:同时|一并|及时|立即)?(?:抄报|抄送|抄告|通报|告知|报告|上报|报)(?:给|至|到)?[\p{Script=Han}]{2,14}$/u.test(said)) return true
  if (segment.hits.some((hit) => hit.kind !== 'vague' || /第一时间|立即/.test(hit.value)) && segment.startsWithAnd) return false
  if (!previous || segment.running || segment.modality === 'must-not' || previous.modality === 'must-not') return false
  const body = text.slice(segment.start, segment.end).replace(/[。;!?]$/, '')
  if (segment.subject) return previous.actorSource === 'by-phrase' && segment.modality === null && body.length <= 14 && /(组织实施|具体实施|具体负责|配合|落实|执行)$/.test(body)
  // “……，当日18:00前报防控办”: a report without an object of its own.
  const bareReport = /^(?:并)?(?:通过[^,。;]{1,10})?(?:于|在)?(?:当日|当天|每日|每天)?(?:\d{1,2}(?::\d{2}|[时点])前?)?(?:统一|汇总|及时)?(?:报|报送|上报|反馈|报告)(?:至|到|给)?[\p{Script=Han}]{2,14}$/u.test(body) && findReport(body) !== null && /(排查|统计|核实|登记|汇总|摸排|排摸|检查|监测|清点|收集|整理|记录|筛查|摸底|填写|填报)/.test(text.slice(previous.start, previous.end))
  if (bareReport && segment.modality === null) return body.length <= 26
  if (!/[。;]/.test(text.slice(previous.end, segment.start))) {
    // “形成总结报告，8月15日前提交院长办公会”: what was drawn up.
    if (segment.modality === null && (previous.hit === null || previous.why.includes(STRETCH)) && segment.hits.some((hit) => hit.limit && hit.start <= segment.start + 1) && /(?:形成|撰写|编写|起草|拟定|制定|拟订|汇总成)[^,]{0,14}(?:报告|方案|总结|预案|清单|意见|材料)$/.test(text.slice(previous.start, previous.end)) && /^(?:于|在)?[^,]{2,16}前(?:提交|提请|报|报送|上报|送|交)[^,]{2,16}$/.test(body)) return true
    // 重点检查……, 提醒师生……, 没有也要报“零”: they spell out what was just ordered.
    if (segment.modality === null && segment.emphasis) return true
    if (segment.modality === null && segment.telling && segment.hits.length === 0 && findRecurrence(said) === null && /(发布|通知|推送|宣传|告知|张贴|播放)/.test(text.slice(previous.start, previous.end))) return true
    if (/^(没有|无|若无|如无)[^,]{0,12}(也要|也须|也应|仍须|须|应)[^,]{0,4}报/.test(body) && /报/.test(text.slice(previous.start, previous.end))) return true
    if (/(日报告|零报告)[^,]{0,4}$/.test(text.slice(previous.start, previous.end)) && segment.hits.some((hit) => hit.kind === 'daily') && findReport(body) !== null) return true
  }
  // “建立台账，每日更新”: how the thing is kept.
  if (segment.modality === null && /^[^,。;]{0,4}(?:更新|跟踪|销号|补充|调整)$/.test(body) && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // 由教务处统筹，各学院组织实施: one arrangement.
  if (previous.actorSource === 'by-phrase' && segment.modality === null && body.length <= 14 && /(组织实施|具体实施|具体负责|配合|落实|执行)$/.test(body)) return true
  if (segment.startsWithAnd && segment.modality === null && !isCounted(body, previous) && !/^(对|将|把|于|向|由)/.test(body) && findReport(body) === null) return body.length <= Math.max(14, (previous.end - previous.start) * 1.1)
  return false
}
