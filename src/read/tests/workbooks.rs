//! Workbooks, made here of their parts.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

/// A ZIP archive of parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A sheet: name, state, rows as XML.
type Sheet<'s> = (&'s str, &'s str, &'s str);

/// An Excel workbook. Style 1 is a date, style 2 a span of time.
fn xlsx(from_1904: bool, strings: &[&str], sheets: &[Sheet]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut book, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, state, rows)) in (1..).zip(sheets) {
        write!(
            book,
            r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>"#
        )
        .unwrap();
        write!(
            relations,
            r#"<Relationship Id="r{number}" Type="{kind}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        )
        .unwrap();
        // Real programs state the size of a sheet, and not all are right.
        let content = format!(
            r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>"#
        );
        parts.push((format!("xl/worksheets/sheet{number}.xml"), content));
    }
    let epoch = u8::from(from_1904);
    let strings: String = strings.iter().map(|text| format!("<si>{text}</si>")).collect();
    let fixed = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns:r="{kind}"><workbookPr date1904="{epoch}"/><sheets>{book}</sheets></workbook>"#
            ),
        ),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst uniqueCount=\"1\">{strings}</sst>")),
        (
            "xl/styles.xml",
            r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>"#
                .to_owned(),
        ),
    ];
    let fixed = fixed.iter().map(|(name, content)| (*name, content.as_str()));
    let sheets = parts.iter().map(|(name, content)| (name.as_str(), content.as_str()));
    archive(&fixed.chain(sheets).collect::<Vec<_>>())
}

/// A row of texts that stand in the sheet itself.
fn row(number: usize, cells: &[&str]) -> String {
    let cell = |cell: &&str| match cell.parse::<f64>() {
        Ok(_) => format!("<c><v>{cell}</v></c>"),
        Err(_) if cell.is_empty() => "<c/>".to_owned(),
        Err(_) => format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#),
    };
    format!(r#"<row r="{number}">{}</row>"#, cells.iter().map(cell).collect::<String>())
}

fn rows(rows: &[&[&str]]) -> String {
    (1..).zip(rows).map(|(number, cells)| row(number, cells)).collect()
}

fn sheet_choice(name: &str) -> ColumnChoice {
    ColumnChoice { sheet: Some(name.to_owned()), ..ColumnChoice::default() }
}

fn sheets(input: &Input) -> Sheets {
    match &input.layout.format {
        Format::Workbook { sheets, .. } => sheets.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_are_read_as_people_see_them() {
    let cells = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="s"><v>0</v></c>
        <c r="C1" t="str"><f>A1</f><v>day</v></c><c r="D1" t="inlineStr"><is><t>rating</t></is></c></row>
        <row r="3"><c r="A3"><v>7001</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>45660</v></c>
        <c r="D3" t="inlineStr"><is><t>4,5</t></is></c></row>
        <row r="4"><c r="A4"><v>7002</v></c><c r="B4" t="s"><v>2</v></c><c r="C4" s="1"><v>45661.5</v></c>
        <c r="D4"><f>2+2</f><v>4</v></c></row>
        <row r="5" s="1"><c r="A5" s="1"/><c r="B5" s="1"/></row>"#;
    let strings = [
        "<t>comment</t>",
        "<r><t xml:space=\"preserve\">The parcel </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">came late</t></r>",
        "<t>Never again._x000D_\nNobody answered me.</t>",
    ];
    let file = File::new(xlsx(false, &strings, &[("Answers", "visible", cells)]));
    let mut input = file.open();
    let expected =
        [("id", Role::Id), ("comment", Role::Text), ("day", Role::Date), ("rating", Role::Rating)];
    assert_eq!(roles(&input), expected);
    let (feedback, rejects) = read(&mut input);
    assert!(rejects.is_empty());
    assert_eq!(texts(&feedback), ["The parcel came late", "Never again.\nNobody answered me."]);
    assert_eq!(lines(&feedback), [3, 4]);
    assert_eq!(feedback[0].id.as_deref(), Some("7001"));
    assert_eq!(feedback[0].rating, Some(4.5));
    assert_eq!(feedback[0].cells[2], "2025-01-03");
    assert_eq!(feedback[1].cells[2], "2025-01-04 12:00:00");
    assert_eq!(feedback[0].place.sheet.as_deref(), Some("Answers"));
    assert!(input.fingerprint().is_some());
}

#[test]
fn days_may_be_counted_from_1904() {
    let cells = row(1, &["day", "comment"])
        + r#"<row r="2"><c s="1"><v>44198</v></c><c t="inlineStr"><is><t>It came late</t></is></c></row>"#;
    let file = File::new(xlsx(true, &[], &[("Answers", "visible", &cells)]));
    assert_eq!(read(&mut file.open()).0[0].cells[0], "2025-01-03");
}

#[test]
fn the_sheet_with_text_is_read_and_the_others_are_told() {
    let figures = rows(&[&["Figure", "Value"], &["Answers", "2"]]);
    let answers = rows(&[&["id", "comment"], &["1", "The parcel came late"], &["2", "ok"]]);
    let choices = rows(&[&["Please choose a reason from the list"], &["Other reasons than these"]]);
    let file = File::new(xlsx(
        false,
        &[],
        &[
            ("Figures", "visible", &figures),
            ("Answers", "visible", &answers),
            ("Lists", "hidden", &choices),
        ],
    ));
    let mut input = file.open();
    let own = sheets(&input);
    assert_eq!(
        (own.read, own.unread, own.hidden),
        (vec!["Answers".to_owned()], vec!["Figures".to_owned()], vec!["Lists".to_owned()])
    );
    assert_eq!(texts(&read(&mut input).0), ["The parcel came late", "ok"]);
    let shown = file.inspect().to_string();
    assert!(shown.contains("\"Figures\"; --sheet NAME") && shown.contains("\"Lists\""), "{shown}");

    let hidden = file.open_with(&sheet_choice("lists"));
    assert_eq!(sheets(&hidden).read, ["Lists"]);
    let error = file.error_with(&sheet_choice("Answer"));
    assert!(
        error.contains("no sheet \"Answer\"") && error.contains("\"Figures\", \"Answers\""),
        "{error}"
    );
}

#[test]
fn sheets_with_the_same_columns_are_one_table() {
    let first = rows(&[&["id", "comment"], &["1", "The parcel came late"]]);
    let second = rows(&[&["Second quarter"], &["id", "comment"], &["2", "The app does not start"]]);
    let file =
        File::new(xlsx(false, &[], &[("Q1", "visible", &first), ("Q2", "visible", &second)]));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!(texts(&feedback), ["The parcel came late", "The app does not start"]);
    assert_eq!((lines(&feedback), rejects.len()), (vec![2, 3], 0));
    assert_eq!(feedback[1].place.sheet.as_deref(), Some("Q2"));
    assert_eq!(texts(&read(&mut file.open_with(&sheet_choice("Q1"))).0), ["The parcel came late"]);
}

#[test]
fn rows_above_the_table_are_left_out_where_that_is_wanted() {
    let table: &[&[&str]] = &[
        &["old id", "comment"],
        &["0", "Not this one here"],
        &["id", "comment"],
        &["1", "Late again, sadly"],
    ];
    let file = File::new(xlsx(false, &[], &[("A", "visible", &rows(table))]));
    let mut input = file.open_with(&ColumnChoice { skip_rows: Some(2), ..ColumnChoice::default() });
    assert_eq!(roles(&input), [("id", Role::Id), ("comment", Role::Text)]);
    let (feedback, _) = read(&mut input);
    assert_eq!((texts(&feedback), lines(&feedback)), (vec!["Late again, sadly"], vec![4]));
}

#[test]
fn formulas_that_came_to_nothing_are_empty_and_counted() {
    let cells = row(1, &["id", "comment"])
        + r#"<row r="2"><c><v>1</v></c><c t="e"><v>#NAME?</v></c></row>
             <row r="3"><c><v>2</v></c><c t="e"><v>#SPILL!</v></c></row>"#
        + &row(4, &["3", "#REF!"])
        + &row(5, &["4", "The parcel came late"]);
    let file = File::new(xlsx(false, &[], &[("Answers", "visible", &cells)]));
    let mut input = file.open();
    assert_eq!(sheets(&input).error_cells, 2);
    let (feedback, _) = read(&mut input);
    assert_eq!(feedback.len(), 4);
    assert_eq!(texts(&feedback), ["The parcel came late"]);
    assert!(file.inspect().to_string().contains("2 cells such as #N/A are read as empty"));
}

#[test]
fn empty_rows_and_columns_are_none() {
    let cells = row(3, &["", "id", "", "comment"])
        + &row(4, &["", "1", "", "The parcel came late"])
        + &(5..500).map(|number| row(number, &["", "", "", ""])).collect::<String>();
    let file = File::new(xlsx(false, &[], &[("Answers", "visible", &cells)]));
    let mut input = file.open();
    assert_eq!(roles(&input).len(), 2);
    assert_eq!(lines(&read(&mut input).0), [4]);
}

#[test]
fn rows_above_the_header_are_left_out_as_the_program_numbers_them() {
    // The second row is empty.
    let rows = row(1, &["Answers of spring"])
        + &row(3, &["old", "names"])
        + &row(4, &["id", "comment"])
        + &row(5, &["1", "The parcel came late again"]);
    let file = File::new(xlsx(false, &[], &[("A", "visible", &rows)]));
    let choice = ColumnChoice { skip_rows: Some(3), ..ColumnChoice::default() };
    let mut input = file.open_with(&choice);
    assert_eq!(roles(&input), [("id", Role::Id), ("comment", Role::Text)]);
    assert_eq!(read(&mut input).0[0].place.line, 5);
    let choice = ColumnChoice { skip_rows: Some(5), ..ColumnChoice::default() };
    assert!(file.error_with(&choice).contains("--skip-rows"));
}

#[test]
fn what_is_no_workbook_is_told_with_a_remedy() {
    for (parts, expected) in [
        (
            vec![("a.csv", "id,text"), ("b.csv", "")],
            "ZIP archive of 2 files: \"a.csv\", \"b.csv\"; unpack it",
        ),
        (vec![("word/document.xml", "<a/>")], "Word document"),
        (vec![("Index/Document.iwa", "")], "Apple Numbers"),
    ] {
        let error = File::new(archive(&parts)).error();
        assert!(error.contains(expected), "{error}");
    }
    let sound = xlsx(false, &[], &[("Answers", "visible", &rows(&[&["text"], &["It came late"]]))]);
    for damaged in [&sound[..sound.len() / 2], &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nothing"[..]] {
        let error = File::new(damaged).error();
        assert!(error.contains("damaged") && error.contains("save it"), "{error}");
    }
    let empty = File::new(xlsx(false, &[], &[("Answers", "visible", "")])).error();
    assert!(empty.contains("is empty"), "{empty}");
    let hidden = xlsx(false, &[], &[("A", "visible", ""), ("B", "hidden", &rows(&[&["a", "b"]]))]);
    let hidden = File::new(hidden).error();
    assert!(hidden.contains("--sheet NAME") && hidden.contains("\"B\""), "{hidden}");
}

#[test]
fn a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_held() {
    let spaces = " ".repeat(80 << 20);
    let error = File::new(xlsx(false, &[], &[("Answers", "visible", &spaces)])).error();
    assert!(error.contains("more than 16 MB"), "{error}");
    let empty = format!("<row/>{}", " ".repeat(1 << 20)).repeat(80);
    let bytes = xlsx(false, &[], &[("Answers", "visible", &empty)]);
    let error = File::new(bytes).error();
    assert!(error.contains("unpacks to more than"), "{error}");
    let strings = "<sst uniqueCount=\"99999999999999\"><si/></sst>";
    let parts = [("xl/workbook.xml", "<a/>"), ("xl/sharedStrings.xml", strings)];
    assert!(File::new(archive(&parts)).error().contains("more texts than it has room for"));
}

/// An OpenDocument spreadsheet of one sheet.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:automatic-styles>
        <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Lists" table:style-name="ta2"><table:table-row><table:table-cell
        office:value-type="string"><text:p>Please choose one</text:p></table:table-cell></table:table-row>
        </table:table><table:table table:name="Answers">{rows}</table:table>
        </office:spreadsheet></office:body></office:document-content>"#
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", kind), ("content.xml", &content)])
}

fn ods_text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string">{text}</table:table-cell>"#)
}

#[test]
fn open_documents_are_read_like_workbooks() {
    let header = ["id", "day", "comment"].map(|name| ods_text(&format!("<text:p>{name}</text:p>")));
    let comment = ods_text(
        "<office:annotation><text:p>a note</text:p></office:annotation>\
         <text:p>Late<text:s/>&amp; <text:span>wet</text:span></text:p><text:p>Never again</text:p>",
    );
    let rows = format!(
        r#"<table:table-row>{}</table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float"
         office:value="7001"><text:p>7.001</text:p></table:table-cell>
         <table:table-cell office:value-type="date" office:date-value="2025-01-03"><text:p>3. 1. 25</text:p>
         </table:table-cell>{comment}<table:table-cell table:number-columns-repeated="16381"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell
         table:number-columns-repeated="16384"/></table:table-row>"#,
        header.concat()
    );
    let file = File::new(ods(&rows));
    let mut input = file.open();
    assert_eq!(
        (sheets(&input).read, sheets(&input).hidden),
        (vec!["Answers".to_owned()], vec!["Lists".to_owned()])
    );
    let (feedback, _) = read(&mut input);
    assert_eq!(lines(&feedback), [2, 3]);
    assert_eq!(feedback[0].cells, ["7001", "2025-01-03", "Late & wet\nNever again"]);
}

#[test]
fn a_billion_cells_in_a_few_bytes_are_told() {
    let text = "<text:p>It came late</text:p>";
    for row in [
        format!(
            r#"<table:table-row table:number-rows-repeated="2000000">{}</table:table-row>"#,
            ods_text(text)
        ),
        format!(
            r#"<table:table-row><table:table-cell office:value-type="string"
            table:number-columns-repeated="1000000000">{text}</table:table-cell></table:table-row>"#
        ),
        format!(
            r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"
            table:number-columns-repeated="16000">{text}</table:table-cell></table:table-row>"#
        ),
    ] {
        let error = File::new(ods(&row)).error();
        assert!(error.contains("more rows, columns or text than a sheet can hold"), "{error}");
    }
}
