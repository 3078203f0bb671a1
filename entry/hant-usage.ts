/**
 * Words of the interface that conversion leaves as the mainland says them, as readers of Taiwan and Hong Kong both say them. Applied to our own texts only: what an office wrote (titles of notices, names of
 * units, numbers of documents) is read in the reader's script, 号 as 號, and keeps its words; so does what names the thing itself (應急響應, 專報, 簽收).
 */

/** After conversion, in this order. */
const usage: readonly (readonly [RegExp, string])[] = [
  [/^信息$/, '訊息'], [/個人信息/g, '個人資料'], [/信息項/g, '資料項'], [/(?<=基本|人員|他人的?|我的|名冊|單位|您的任何|您的)信息/g, '資料'], [/信息/g, '資訊'],
  [/數據庫/g, '資料庫'], [/數據/g, '資料'], [/退出登錄/g, '登出'], [/登錄/g, '登入'], [/[賬帳]號/g, '帳號'], [/賬戶/g, '帳戶'], [/一次性口令/g, '一次性通行碼'], [/口令/g, '通行碼'], [/默認/g, '預設'],
  [/網絡/g, '網路'], [/聯網/g, '連上網路'], [/添加到主屏幕/g, '加入主畫面'], [/添加/g, '加入'], [/屏幕/g, '螢幕'], [/大屏/g, '大螢幕'], [/全屏/g, '全螢幕'], [/打印/g, '列印'],
  [/文件夾/g, '資料夾'], [/(?<!法律或|沒有)文件(?!和條款|這樣要求)/g, '檔案'], [/沒有檔案這樣要求/g, '沒有文件這樣要求'], [/粘貼/g, '貼上'], [/服務器/g, '伺服器'], [/郵箱/g, '電子信箱'], [/設置/g, '設定'],
  [/查找/g, '尋找'], [/保存(?!備查|期限)/g, '儲存'], [/鏈接/g, '連結'], [/導入/g, '匯入'], [/導出/g, '匯出'], [/終端裡/g, '終端機裡'], [/菜單/g, '選單'], [/快捷鍵/g, '快速鍵'], [/視圖/g, '檢視'],
  [/新標籤頁/g, '新分頁'], [/回車/g, '按 Enter '], [/校驗/g, '驗證'], [/回執/g, '回條'], [/[臺台]賬/g, '清冊'], [/兜底/g, '代為負責'], [/學工號/g, '學號或職號'], [/(?<=平常)水平/g, '水準'], [/工作群(?!組)/g, '工作群組'], [/群機器人/g, '群組機器人'],
  [/消息/g, '訊息'], [/字符/g, '字元'], [/設備/g, '裝置'], [/批量/g, '大量'], [/連接/g, '連線'],
  // A row is 行 to some and 列 to others, a column the other way round.
  [/(?<=\{\w+\}) 行(?!動)/g, ' 筆'], [/^行$/, '筆'], [/行數/g, '筆數'], [/逐行/g, '逐筆'], [/每行一人/g, '每筆一人'], [/一人一行/g, '一人一筆'], [/這一行(?=$)/g, '這一筆'], [/上一行、下一行/g, '上一筆、下一筆'], [/每一行/g, '每一筆'],
  [/的行(?=$|[，。保及退])/g, '的資料'], [/問題行/g, '有問題的資料'], [/標題行/g, '標題列'],
  [/(?<=職務|輔導員|時間|職務”|輔導員”|認出的|顯示的|列出的|每一|整|其餘各|”兩)列(?!為)/g, '欄'], [/列名(?=寫)/g, '欄名'], [/列的順序/g, '欄的順序'], [/^列(?=$|：)/, '欄'],
  [/“/g, '「'], [/”/g, '」'],
]

/** A converted text of the interface in the words of its readers. */
export const asSaid = (traditional: string): string => usage.reduce((text, [word, said]) => text.replace(word, said), traditional)
