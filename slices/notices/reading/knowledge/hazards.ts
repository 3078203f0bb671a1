/** 灾害与疫病：出现哪些字眼算哪一种。`strong` 出现即可，`weak` 要在标题或与别的字眼一起出现才算。 */
import type { Hazard } from '../types.ts'

/** 只在那几年才专指新冠的字眼：别的年份里，隔离观察、密接也用于水痘、流感。 */
export const COVID_CIRCUMSTANCES: readonly string[] = ['核酸', '中高风险', '高风险地区', '高风险区', '健康码', '行程码', '重点疫区', '隔离观察', '密接', '次密接']

/** `titled`：平时也常提到的（消防、停电、中暑），标题里有才算（title），或开头提到（opening），或开头提到、后面又说（again）。 */
export const HAZARD_WORDS: readonly { hazard: Hazard; strong: readonly string[]; weak: readonly string[]; titled?: 'title' | 'opening' | 'again' }[] = [
  { hazard: 'covid-19', strong: ['新冠', '新型冠状病毒', '冠状病毒', '奥密克戎', '德尔塔', ...COVID_CIRCUMSTANCES], weak: ['疫情', '防疫'] },
  { hazard: 'influenza', strong: ['流感', '流行性感冒', '甲流', '乙流', '甲型H1N1'], weak: [] },
  { hazard: 'norovirus', strong: ['诺如'], weak: ['感染性腹泻', '急性胃肠炎'] },
  { hazard: 'dengue', strong: ['登革'], weak: [] },
  { hazard: 'chikungunya', strong: ['基孔肯雅'], weak: [] },
  { hazard: 'tuberculosis', strong: ['肺结核', '结核病', '结核分枝', '结核感染', '结核菌'], weak: [] },
  { hazard: 'varicella', strong: ['水痘'], weak: [] },
  { hazard: 'measles', strong: ['麻疹'], weak: [] },
  { hazard: 'mumps', strong: ['腮腺炎'], weak: [] },
  { hazard: 'hand-foot-mouth', strong: ['手足口'], weak: [] },
  { hazard: 'pertussis', strong: ['百日咳'], weak: [] },
  { hazard: 'food-poisoning', strong: ['食物中毒', '沙门氏菌', '副溶血性弧菌'], weak: [], titled: 'opening' },
  { hazard: 'flood', strong: ['防汛', '洪水', '洪涝', '内涝', '汛情', '汛期', '汛后', '受淹', '清淤', '水灾', '山洪', '抗洪', '涝灾', '排涝', '防洪', '洪峰', '超警戒', '警戒水位', '保证水位', '干流水位', '行洪', '泄洪', '溃坝', '决口', '管涌'], weak: ['积水', '倒灌'] },
  { hazard: 'rainstorm', strong: ['暴雨', '强降雨', '特大降雨', '强降水', '大雨', '雷雨', '强对流'], weak: ['降雨', '降水'] },
  { hazard: 'typhoon', strong: ['台风', '热带气旋', '热带风暴'], weak: [] },
  { hazard: 'cold-wave', strong: ['寒潮', '低温', '强降温', '强冷空气', '冰冻', '严寒', '大风降温', '霜冻', '零下'], weak: ['降温', '冷空气', '防冻', '防寒', '保暖'] },
  { hazard: 'snow', strong: ['暴雪', '雨雪', '降雪', '扫雪', '除雪', '大雪', '铲雪', '积雪', '强降雪', '清雪'], weak: ['结冰', '融雪'] },
  { hazard: 'gale', strong: ['雷暴大风', '雷雨大风', '大风预警', '雷电', '冰雹', '龙卷风'], weak: [], titled: 'again' },
  { hazard: 'heat', strong: ['高温', '热浪', '中暑', '热射病'], weak: ['防暑', '酷暑', '太热', '酷热', '炎热', '天热', '三伏'], titled: 'again' },
  { hazard: 'smog', strong: ['重污染', '雾霾', '空气污染', '空气质量', '空气品质', 'AQI', '细悬浮微粒', 'PM2.5', '霾'], weak: [], titled: 'opening' },
  { hazard: 'sandstorm', strong: ['沙尘', '扬沙'], weak: [] },
  { hazard: 'earthquake', strong: ['地震', '余震', '震感', '强震', '抗震救灾', '震级', '级余震'], weak: [], titled: 'again' },
  { hazard: 'landslide', strong: ['滑坡', '泥石流', '崩塌', '地质灾害'], weak: [], titled: 'title' },
  { hazard: 'fire', strong: ['火灾', '火情', '起火', '森林防火', '山火'], weak: ['消防安全', '防火'], titled: 'title' },
  { hazard: 'gas-leak', strong: ['燃气泄漏', '煤气泄漏', '天然气泄漏', '瓦斯泄漏', '液化气泄漏', '燃气事故', '燃气隐患', '停气抢修'], weak: [], titled: 'again' },
  { hazard: 'lab-accident', strong: ['实验室事故', '实验室火灾', '实验室爆炸', '实验室爆', '试剂瓶爆', '化学品泄漏', '危化品泄漏', '样本泄漏', '菌种泄漏', '实验室停用', '实验室试剂'], weak: [], titled: 'again' },
  { hazard: 'power-cut', strong: ['停电', '限电', '断电', '错峰用电'], weak: [], titled: 'title' },
  { hazard: 'water-supply', strong: ['停水', '供水异常', '饮用水异常', '水质异常', '水污染', '供水中断', '饮水污染', '停止饮用', '供水主管'], weak: ['供水', '自来水', '饮用水'], titled: 'title' },
  { hazard: 'crowd-crush', strong: ['踩踏'], weak: [], titled: 'title' }
]
