/** Who demands what a notice orders, from who issued it. Pure. */
export const demands = ['law', 'nation', 'province', 'city', 'school', 'college'] as const
export type Demand = (typeof demands)[number]

/** First match wins; the words are those that stand in the name of an issuer. */
const levels: readonly { by: Demand; words: RegExp }[] = [
  { by: 'law', words: /人民代表大会|全国人大/ },
  { by: 'nation', words: /^(中共中央|中央|国务院|全国)|中华人民共和国|教育部|国家(卫生|卫健|疾控|疾病|防汛|防灾|发展|体育|移民|林业|粮食)|应急管理部|水利部|公安部|财政部|国家.{0,12}(委员会|局|总局|办公室)$/ },
  { by: 'province', words: /(省|自治区)(委|人民政府|政府|教育|卫生|卫健|疾控|疾病|应急|防汛|防指|水利|公安|委员会|高校|联防)|省.{0,10}(厅|局|指挥部|领导小组|办公室)|^(北京|上海|天津|重庆)(市)?(教育|教委|市委|市人民|卫生|卫健|疾控|疾病|应急|防汛|水务|高校)/ },
  { by: 'city', words: /(市|州|盟|区|县|街道|镇|乡)(委(?!员会$)|人民政府|政府|教育|教委|教体|卫生|卫健|疾控|疾病|应急|防汛|防指|水利|公安|办事处|联防)|(市|区|县).{0,10}(局|指挥部|领导小组|委员会办公室)|社区居(民)?委/ },
]
/** A university of a city or a province is a university: 上海某某大学党委 is no organ of Shanghai. */
const university = /(大学|学院|学校|高等专科)/
const college = /(学院|书院|系|研究院)(党委|党总支|团委|分团委|学生会|办公室)?$/

/**
 * Law, nation, province, city, school or college. Without an issuer, or where nothing tells: the school.
 * @param ours the institution's own name, so that its colleges are told from other universities.
 */
export function demandOf(issuer: string | null, ours: string): Demand {
  const name = (issuer ?? '').normalize('NFKC').replace(/\s/g, '').replace(/^(中国共产党|中共)(?!中央)/, '').split(/[、,;；]/)[0] ?? ''
  if (!name) return 'school'
  const own = name.replace(ours.replace(/\s/g, ''), '')
  if (own !== name) return college.test(own) ? 'college' : 'school'
  const level = levels.find((one) => one.words.test(name))
  if (level && !(university.test(name) && level.by !== 'nation' && !/教育|教委/.test(name))) return level.by
  return college.test(name) && !/大学|(职业|专科|师范|医|工|理工|科技|财经|政法|农|林).{0,4}学院/.test(name) ? 'college' : 'school'
}
