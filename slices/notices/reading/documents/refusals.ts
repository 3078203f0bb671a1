/** Every way in which a document can be refused, in one place: what is wrong and what to do. */
import { ReadingRefused } from '../refused.ts'
import { LIMITS } from './limits.ts'

const MB = Math.round(LIMITS.fileBytes / 1024 / 1024)

const REFUSALS = {
  empty: ['文件是空的。请重新选择文件，或直接粘贴通知的文字。', 'The file is empty. Choose it again, or paste the text of the notice.'],
  'too-large': [`文件超过 ${MB} MB。通知一般只有几页：请去掉图片后另存，或直接粘贴文字。`, `The file is larger than ${MB} MB. A notice has a few pages: save it without pictures, or paste its text.`],
  'zip-bomb': ['文件解压后异常庞大，已停止读取。请用 Word 或 WPS 重新另存为 .docx，或直接粘贴文字。', 'Unpacked, the file is abnormally large; reading stopped. Save it again as .docx, or paste its text.'],
  'broken-docx': ['.docx 文件已损坏或没有传完整，无法打开。请重新保存或上传，或直接粘贴文字。', 'The .docx file is damaged or incomplete. Save or upload it again, or paste its text.'],
  'unsafe-docx': ['.docx 文件内有不允许的声明（DOCTYPE），可能是恶意文件。请用 Word 或 WPS 重新另存后再试。', 'The .docx file carries a declaration that is not allowed (DOCTYPE); it may be hostile. Save it again with Word or WPS.'],
  'not-docx': ['这个文件不是 Word 文档（可能是表格、演示文稿或压缩包；压缩包请先解压）。请上传 .docx、.pdf、.html、.txt，或直接粘贴文字。', 'This file is no Word document (a workbook, slides, or an archive, which must be unpacked first). Upload .docx, .pdf, .html or .txt, or paste the text.'],
  protected: ['文件设有密码。请去掉密码后另存再试。', 'The file is protected by a password. Remove it and try again.'],
  'scanned-pdf': ['这份 PDF 是扫描图片，里面没有文字。请向发文单位索取电子版，或用文字识别软件转换后再上传，也可以直接粘贴文字。', 'This PDF is a scan: it holds pictures and no text. Ask the issuer for the electronic text, run text recognition first, or paste the text.'],
  'broken-pdf': ['PDF 文件已损坏或没有传完整，无法打开。请重新下载或另存后再试，或直接粘贴文字。', 'The PDF is damaged or incomplete. Download or save it again, or paste its text.'],
  'pdf-too-long': [`PDF 超过 ${LIMITS.pdfPages} 页，不像通知。请只截取通知部分再上传。`, `The PDF has more than ${LIMITS.pdfPages} pages and does not look like a notice. Upload only the notice.`],
  'garbled-pdf': ['PDF 里的文字用了特殊编码，提取出来是乱码。请上传 Word 版，或直接粘贴文字。', 'The text in this PDF is encoded in a way that cannot be extracted. Upload the Word version, or paste the text.'],
  'broken-doc': ['旧版 .doc 文件无法读取。请用 Word 或 WPS 打开，另存为 .docx 后再上传，或直接粘贴文字。', 'This old .doc file cannot be read. Open it in Word or WPS, save it as .docx and upload that, or paste its text.'],
  'not-doc': ['这是旧版表格或演示文稿（.xls、.ppt），不是通知文档。请上传 .docx、.pdf、.html、.txt，或直接粘贴文字。', 'This is an old workbook or slides (.xls, .ppt) and no document. Upload .docx, .pdf, .html or .txt, or paste the text.'],
  archive: ['这是压缩包。请先解压，再上传里面的通知文件。', 'This is an archive. Unpack it and upload the notice that is in it.'],
  mail: ['这是邮件或单个文件网页（.mht、.eml，有的办公系统把它命名为 .doc）。请用 Word 或 WPS 打开，另存为 .docx 后再上传，或直接粘贴文字。', 'This is a mail or a web page in one file (.mht, .eml; some office systems call it .doc). Open it in Word or WPS, save it as .docx and upload that, or paste its text.'],
  'word-xml': ['这是 Word 的 XML 文件。请用 Word 或 WPS 打开，另存为 .docx 后再上传，或直接粘贴文字。', 'This is an XML file of Word. Open it in Word or WPS, save it as .docx and upload that, or paste its text.'],
  wps: ['这是 WPS 的 .wps 文件，不能直接读取。请在 WPS 中“另存为” .docx 后再上传，或直接粘贴文字。', 'This is a WPS .wps file, which cannot be read. In WPS choose "Save as" .docx and upload that, or paste its text.'],
  rtf: ['这是 RTF 文件。请用 Word 或 WPS 另存为 .docx 后再上传，或直接粘贴文字。', 'This is an RTF file. Save it as .docx with Word or WPS, or paste its text.'],
  ofd: ['这是 OFD 版式文件，暂不能读取。请用阅读器另存为 PDF 或复制文字后粘贴。', 'This is an OFD file, which cannot be read yet. Export it to PDF, or copy and paste the text.'],
  image: ['这是图片，里面没有文字可读。请上传电子版，或用文字识别后粘贴文字。', 'This is a picture without readable text. Upload the electronic version, or paste recognised text.'],
  binary: ['认不出这种文件。请上传 .docx、.pdf、.html、.txt，或直接粘贴文字。', 'This kind of file is not known. Upload .docx, .pdf, .html or .txt, or paste the text.'],
  'no-text': ['文件里没有文字。如果正文在图片或附件里，请上传那个附件或粘贴文字。', 'There is no text in the file. If it stands in a picture or an attachment, upload that or paste the text.'],
  'too-slow': ['读取超时或占用内存过大，已停止。请另存为 .docx 或 .txt 后再试，或直接粘贴文字。', 'Reading took too long or too much memory and was stopped. Save it as .docx or .txt, or paste its text.'],
  'text-too-long': ['文字超过 200 万字，不像通知。请只上传通知本身。', 'The text is longer than two million characters and does not look like a notice. Upload only the notice.']
} as const satisfies Record<string, readonly [string, string]>

export type RefusalCode = keyof typeof REFUSALS

/** The refusal with this code. */
export function refuse(code: RefusalCode): ReadingRefused {
  const [zh, en] = REFUSALS[code]
  return new ReadingRefused(code, zh, en)
}

/** Is this a code we know? Used when a refusal comes back from the worker. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code)
}
