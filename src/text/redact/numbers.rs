//! Numbers by which a company knows a customer: named as such, and plates of vehicles.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::kind::Kind;
use super::pattern::{before, matches, pattern, stands_alone};

/// A word that names a number, and the number behind it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)
          (?: \b (?: [\p{L}\-]* (?: kunden | auftrags | bestell | vertrags | rechnungs | zähler | zaehler | vorgangs | buchungs | sendungs
                   | liefer | referenz | mitglieds | policen | versicherungs | schadens? | konto | kundenkonto | beschwerde | fall | serien | geräte
                   | reservierungs | beleg | retouren | paket | tracking | ticket | service | akten | identifikations | karten? | garantie )
              -? (?: nummer n? | nr\.? | no\.? | id | code | kennung | zeichen ) \b
            | (?: kunde n? | auftrag | bestellung | vertrag | rechnung | ticket | vorgang | buchung | sendung | fall | zähler | police
                | aktenzeichen | az\.? | reservierung | retoure | paket )
            | (?: order | contract | invoice | booking | reservation | ticket | tracking | rma | pnr | policy )
            | (?: customer | client | order | contract | invoice | booking | reservation | case | ticket | account | policy | claim | tracking
                | reference | ref | meter | member | membership | confirmation | parcel | shipment | complaint | return | rma | serial | pnr
                | loyalty | transaction | payment | incident | subscriber )
              [\x20\-]? (?: number | no\.? | num\.? | nr\.? | id | ref\.? | reference | code | \# | : )
            | (?: numéro | n° | nº | n\.º | no\.? | n\. | nr\.? | num\.? | número | numero | code | código | codice | référence | réf\.? | ref\.? | referencia
                | referência | riferimento )
              \s? (?: de | da | do | d[’'] | di | del | della | dell[’'] )? \s? (?: la | le | l[’'] | el | su | sua | mio | minha | mi | ma | mon | mia | o | a )? \s?
              (?: commande | client e? | contrat | dossier | réservation | suivi | facture | compteur | colis | ticket | compte | police | adhérent
                | pedido | cliente | contrato | reserva | factura | fatura | póliza | apólice | seguimiento | envío | encomenda | conta | cuenta
                | contador | ordine | contratto | prenotazione | pratica | fattura | spedizione | polizza | contatore | conto | tessera | socio )
            | (?: commande | dossier | pedido | encomenda | ordine | prenotazione | reserva | facture | factura | fattura | fatura | contrat[ot]? | contratto | pratica | processo | expediente | localizador | cliente | client | contador | compteur | contatore | contract
                | réservation | colis | bestelling | factuur | incidencia )
            | [\p{L}\-]* (?: bestel | klant | order | contract | factuur | boekings | dossier | ticket | meter | polis | zaak | lid | track | zending )
              -? (?: nummers? | nr\.? | code )
            ) )
          [.]? [\x20\t:=\#(\[„\x22'°º]* (?: (?: (?: is | ist | lautet | war | was | est | es | è | é | nr | no | num | number | nummer | numéro | numero | número | lautend | id ) \b \.? | n\. | n° | nº | n\.º ) [.]? [\x20\t:=\#(\[„\x22'°º]* ){0,2}
          (?P<what> (?-i: \d{1,3} \x20 [A-Z]{1,3} \x20 | [A-Z]{1,5} \x20 )?
             [\p{L}\d]* (?: [\-/._]? [\p{L}\d]+ )*? \d (?: [\-/._]? [\p{L}\d] )* (?: \x20 \d{2,} (?: [\-/._]? [\p{L}\d] )* )* (?-i: \x20 [B-HJ-Z]{1,2} \b )? )",
    )
});

/// `#12345`, as tickets are called.
static HASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\# (?P<what> (?: [A-Z]{1,4} - \d{3} )? \d{5,} (?: - \d+ )* | [A-Z]{1,4} - \d{4,} )")
});

/// Codes that nothing but a system makes: `V-2024-118834`, `LM-884213`.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<what> [A-Z]{1,4} - (?: \d{4} - )? \d{5,} (?: - \d+ )* | \d{4,} - \d{6,} )")
});

/// The end of a sentence whose last word is no abbreviation.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{Ll}{4,} \. \x20 $"));

/// Any number behind "Nr." that only a system makes.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) \b (?: nr\.? | no\. | n[º°]\.? | num\. ) \x20? (?P<what> (?: [A-Z]{1,4} [\-/.]? )? [A-Z\d]* (?: [\-/.]? [A-Z\d]+ )* \d{3,} (?: [\-/.]? [A-Z\d]+ )* )",
    )
});

/// Digits of a number that only a system makes, at least.
const MANY: usize = 6;

/// Codes of bookings, of five to eight capitals and digits.
static BOOKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?: (?i: buchungs(?:nummer|code|nr\.?) | booking (?: \x20 (?: reference | code | ref\.? | no\.? ) )? | confirmation (?: \x20 code )? | reservation | pnr | localizador | référence | prenotazione
             | reserva | boekingsnummer | boekingscode | filekey ) ) [\s:=\#]* (?P<what> [A-Z\d]{5,8} )",
    )
});

/// What stands behind a word for a plate.
static SAID_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b (?i: kennzeichen | nummernschild | licen[cs]e \x20 plates? | plates? | reg\.? | registration | immatriculation | plaque | matrícula | matricula | targat[oa] | targa | kenteken )
          [\s:(]+ (?: (?i: ist | is | est | es | è | é ) [\s:]* )? (?P<what> [\p{L}\d]{1,4} (?: [\x20\-]? [\p{L}\d]{1,5} ){1,3} )",
    )
});

/// Digits of a number that is named, at least.
const FEWEST: usize = 3;

static GERMAN_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<what> (?P<district> [A-ZÄÖÜ]{1,3} ) (?: - [A-Z]{1,2} [\x20\-]? [1-9]\d{0,3} | \x20 [A-Z]{1,2} [\x20\-]? [1-9]\d{2,3} ) [EH]? )",
    )
});

/// Plates of Great Britain, France and Italy, the Netherlands, Spain, Portugal.
static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<what> [A-Z]{2} \d{2} \x20? [A-Z]{3} | [A-Z]{2} [\x20\-]? \d{3} [\x20\-]? [A-Z]{2}
          | \d{4} [BCDFGHJKLMNPRSTVWXYZ]{3}
          | [A-Z]{2} - \d{2} - [A-Z]{2} | \d{2} - [A-Z]{2} - \d{2} | [A-Z]{2} - \d{2} - \d{2} | \d{2} - \d{2} - [A-Z]{2}
          | \d{2,3} - [A-Z]{1,2} - \d{2,6} | [A-Z]{1,2} - \d{4} - [A-Z]{1,2}
          | [A-Z]{2} - \d{3} - [A-Z] | [A-Z] - \d{3} - [A-Z]{2} | \d{2} - [A-Z]{3} - \d | \d - [A-Z]{3} - \d{2} | [A-Z]{3} - \d{2} - [A-Z] )",
    )
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let count = |number: &str| number.bytes().filter(u8::is_ascii_digit).count();
    matches((text, &NAMED), Kind::Number, found, |number| {
        count(number) >= FEWEST && !is_other(number)
    });
    // "Vertrag. 1000 Mbit": the number of another sentence.
    found.retain(|own| {
        let lead = before(text, own.range.start, 16);
        own.kind != Kind::Number
            || !SENTENCE.is_match(lead)
            || ["nr. ", "no. ", "ref. ", "num. "].iter().any(|end| lead.ends_with(end))
    });
    matches((text, &NUMBERED), Kind::Number, found, |number| {
        count(number) >= MANY && !is_other(number)
    });
    let is_mixed = |code: &str| count(code) > 0 && count(code) < code.len();
    matches((text, &BOOKING), Kind::Number, found, is_mixed);
    plates(text, found);
    // `#008080` is a colour.
    matches((text, &HASH), Kind::Number, found, |number| {
        !(number.len() == 6 && number.starts_with('0'))
    });
    matches((text, &CODE), Kind::Number, found, |number| !is_other(number));
}

fn plates(text: &str, found: &mut Vec<Found>) {
    for own in GERMAN_PLATE.captures_iter(text) {
        let district = own.name("district").map_or("", |own| own.as_str());
        let Some(whole) = own.get(0) else { continue };
        let is_known = DISTRICTS.split_whitespace().any(|known| known == district);
        if is_known
            && !whole.as_str().starts_with("DIN EN")
            && stands_alone(text, &whole.range())
            && !SIZES.is_match(whole.as_str())
        {
            found.push(Found { range: whole.range(), kind: Kind::Plate });
        }
    }
    matches((text, &PLATE), Kind::Plate, found, |plate| !is_year(plate));
    for own in SPANISH_PLATE.find_iter(text) {
        let is_spanish = SPANISH.is_match(before(text, own.start(), 40));
        if !is_year(own.as_str()) && is_spanish && stands_alone(text, &own.range()) {
            found.push(Found { range: own.range(), kind: Kind::Plate });
        }
    }
    for own in SAID_PLATE.captures_iter(text) {
        let Some(plate) = own.name("what") else { continue };
        // Words follow a plate: it ends with its last group of few signs that holds a digit, or is next to one.
        let end = plate_length(plate.as_str());
        if end > 0 {
            let range = plate.start()..plate.start() + end;
            found.push(Found { range, kind: Kind::Plate });
        }
    }
}

/// Bytes of the plate that a text starts with: groups of letters and digits, at least one of each, until a group that
/// is a word.
fn plate_length(text: &str) -> usize {
    let (mut end, mut at) = (0, 0);
    let (mut letters, mut digits) = (0, 0);
    for group in text.split_inclusive([' ', '-']) {
        let bare = group.trim_end_matches([' ', '-']);
        let is_word = bare.chars().count() > 3 && bare.chars().all(char::is_alphabetic)
            || digits > 0
                && bare.chars().any(char::is_lowercase)
                && !text.starts_with(char::is_lowercase);
        if is_word {
            break;
        }
        letters += bare.chars().filter(|c| c.is_alphabetic()).count();
        digits += bare.chars().filter(char::is_ascii_digit).count();
        end = at + bare.len();
        at += group.len();
    }
    if letters > 0 && digits > 1 { end } else { 0 }
}

/// Numbers of flights look alike where an airport stands behind them: `1708 PHX`.
static SPANISH_PLATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{4} [\x20\-] [BCDFGHJKLMNPRSTVWXYZ]{3}"));
static SPANISH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i) \b (?: el | la | mi | con | una | que | del | los ) \b"));

/// `M-L 58`, as clothes are called.
static SIZES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ [SML] - X? [SML] \x20"));

static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?: (?: 19 | 20 ) \d{2} (?: [/\-] \d{1,2} )* (?: \x20 .* )? | \d{1,2} [./] \d{1,2} (?: [./] (?: \d{2,4} )? )? | \d+ (?: [.,] \d+ )? [\p{L}%]{1,3} | \d{1,3} (?: [.] \d{3} )+ | \d{1,3} ) $",
    )
});

/// Days, years and amounts with their unit, behind a word that may name a number: "order 2024", "account 500GB".
fn is_other(number: &str) -> bool {
    OTHER.is_match(number)
}

/// `2024 BMW`.
fn is_year(plate: &str) -> bool {
    plate.starts_with("19") || plate.starts_with("20")
}

/// Districts of German plates: Fahrzeug-Zulassungsverordnung, list of the Kraftfahrt-Bundesamt.
const DISTRICTS: &str = "
    A AA AB ABG ABI AC AE AH AIB AIC AK ALF ALZ AM AN ANA ANG ANK AÖ AP APD ARN ART AS ASL ASZ AT AU AUR AW AZ AZE B BA BAD BAR BB BBG BBL
    BC BCH BD BE BED BER BF BGD BGL BH BI BID BIN BIR BIT BIW BK BKS BL BLB BLK BM BN BNA BO BÖ BOH BOR BOT BP BRA BRB BRG BRI BRK BRL BRV BS
    BSB BSK BT BTF BÜD BUL BÜR BÜS BÜZ BW BWL BYL BZ BZA C CA CAS CB CE CHA CLP CLZ CO COC COE CR CUX CW D DA DAH DAN DAU DB DBR DD DE DEG DEL DGF
    DH DI DIL DIN DIZ DKB DL DLG DM DN DO DON DS DU DÜW DW DZ E EA EB EBE EBN EBS ECK ED EE EF EG EH EI EIC EIH EIL EIN EIS EL EM EMD EMS EN ER ERB ERH
    ERK ERZ ES ESB ESW EU EUT EW F FB FD FDB FDS FEU FF FFB FG FH FI FKB FL FLÖ FN FO FOR FR FRG FRI FRW FS FT FTL FÜ FÜS FW FZ G GA GAN GAP GC GD GDB GE
    GEL GEM GEO GER GF GG GHA GHC GI GK GL GLA GM GMN GN GNT GÖ GOA GOH GP GR GRA GRH GRI GRM GRZ GS GT GTH GÜ GUB GUN GV GVM GW GZ H HA HAB HAL HAM HAS
    HB HBN HBS HC HCH HD HDH HDL HE HEB HEF HEI HEL HER HET HF HG HGN HGW HH HHM HI HIG HIP HK HL HM HMÜ HN HO HOG HOH HOL HOM HOR HOT HP HR HRO HS HSK
    HST HU HV HVL HWI HX HY HZ IGB IK IL ILL IN IZ J JE JL JÜL K KA KB KC KE KEH KEL KEM KF KG KH KI KIB KK KL KLE KLZ KM KN KO KÖN KÖT KÖZ KR KRU KS KT
    KU KÜN KUS KW KY KYF L LA LAN LAU LB LBS LBZ LC LD LDK LDS LEO LER LEV LF LG LH LI LIB LIF LIN LIP LL LM LN LÖ LÖB LOS LP LR LRO LSA LSN LSZ LU LÜN LUP
    LWL M MA MAB MAI MAK MAL MB MC MD ME MED MEG MEI MEK MEL MER MET MG MGH MGN MH MHL MI MIL MK ML MM MN MO MOD MOL MON MOS MQ MR MS MSE MSH MSP MST MTK
    MTL MÜ MÜB MÜL MÜN MÜR MVL MW MY MYK MZ MZG N NAB NAI NAU NB ND NDH NE NEA NEB NEC NEN NES NEU NEW NF NH NI NK NL NM NMB NMS NÖ NOH NOL NOM NOR NP NR
    NRÜ NRW NT NU NVP NW NWM NY NZ OA OAL OB OBB OBG OC OCH OD OE OF OG OH OHA ÖHR OHV OHZ OK OL OP OPR OR OS OSL OTW OVI OVL OVP P PA PAF PAN PAR PB PCH PE
    PEG PF PI PIR PL PLÖ PM PN PR PRÜ PS PW PZ QFT QLB R RA RC RD RDG RE REG REH REI RG RH RI RID RIE RL RM RN RO ROD ROF ROH ROL ROS ROT ROW RP RS RSL RT
    RU RÜD RÜG RV RW RY RZ S SAB SAD SAL SAN SAW SB SBG SBK SC SCZ SDH SDL SDT SE SEB SEE SEF SEL SFB SFT SG SGH SHA SHG SHK SHL SI SIG SIM SK SL SLE SLF
    SLK SLN SLS SLÜ SLZ SM SMÜ SN SO SOB SOG SOK SÖM SON SP SPB SPN SR SRB SRO ST STA STB STD STE STL STO SU SUL SÜW SW SWA SY SZ SZB TBB TDO TE TET TF TG
    THL THW TIR TO TÖL TÖN TP TR TS TT TÜ TÜR TUT UE UEM UER UFF UH UL UM UN USI V VAI VB VEC VER VG VIB VIE VIT VK VL VOH VR VS W WA WAF WAK WAN WAR WAT WB
    WBS WDA WE WEB WEG WEI WEL WEN WER WES WF WG WHV WI WIL WIS WIT WIZ WK WL WLG WM WMS WN WND WO WOB WOH WOL WOR WOS WR WRN WS WSF WST WSW WT WTL WTM WÜ
    WUG WÜM WUN WUR WW WZ WZL X Y Z ZE ZEL ZI ZIG ZP ZR ZW ZZ";
