//! Answers that say nothing: "k. A.", "none at this time", "asdf", "-99", `[deleted]`, `#NAME?`.

use super::clean::clean;
use super::emoji::is_emoji;
use super::lexicon::has_word;

/// Whether an answer says nothing: empty, punctuation or a number alone, words such as `k. A.`, `n/a`,
/// `nichts`, `no comment`, `nothing comes to mind` alone, a run of keys, what a program leaves where a text
/// was deleted or a formula failed. `ok` and `passt` say something, and so do `no complaints`, emoji and
/// emoticons.
pub fn is_blank_answer(text: &str) -> bool {
    let text = clean(text);
    if text.len() <= 2 * LONGEST
        && (is_formula_error(&text) || is_deleted(&text) || is_of_a_form(&text))
    {
        return true;
    }
    let letters: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() {
        return !text.chars().any(is_emoji) && !has_emoticon(&text);
    }
    if letters.len() > LONGEST {
        return is_one_letter(&letters);
    }
    has_word(BLANK_ANSWERS, &letters)
        || is_number(&text)
        || is_of_keys(&letters)
        || is_transposed(&letters)
        || is_babble(&text)
        || says_nothing_now(&text)
}

/// Bytes of the letters and digits of such an answer at most, unless they are one and the same.
const LONGEST: usize = 80;

/// Answers that say nothing, letters and digits only.
const BLANK_ANSWERS: &str = "
    ka keineangabe keineangaben ohneangabe ohneangaben nichts nix nein nee keine keiner keines keins kein keinkommentar
    keinekommentare keineahnung keinemeinung keineanmerkung keineanmerkungen keineantwort weißnicht weissnicht weißichnicht
    weissichnicht nichtszusagen nichtsbesonderes nichtsweiter garnichts entfällt entfaellt sieheoben so dito ohne
    mirfälltnichtsein fälltmirnichtsein fälltmirnichtszuein wüssteichnicht wüsstenicht nichtzutreffend trifftnichtzu wieoben
    nichtshinzuzufügen nichtsanzumerken möchteichnichtsagen nö nicht nichtbeantwortet nichtgefragt fragenichtgestellt
    schonbeantwortet bereitsbeantwortet siehevorherigeantwort sieheletzteantwort wievorher wiezuvor
    möchteichnichtbeantworten willichnichtbeantworten kannichnichtbeurteilen kannichnichtsagen kannichnichtsdazusagen
    kannichnochnichtsdazusagen kannichnochnichtbeurteilen habekeinemeinung habekeinemeinungdazu keinemeinungdazu
    möchteichnichtäußern möchtemichnichtäußern dazumöchteichmichnichtäußern ichhabenichtshinzuzufügen habenichtshinzuzufügen
    habeichschongeschrieben habeichobenschongeschrieben habeichschongesagt habichschongesagt habichdochschongesagt
    nichtsbestimmtes nichtskonkretes nichtseinzuwenden nichtbekannt fragenichtverstanden frageübersprungen übersprungen
    na none no nope nil null nan undefined nothing nocomment nocomments notapplicable noanswer noresponse noidea idk dontknow
    idontknow dunno dk not blank empty skip skipped refused rathernotsay prefernottosay prefernottoanswer
    nothingtoadd nothingelse nothingspecial nothinginparticular notsure noopinion seeabove asabove same sameasabove
    sameasbefore ditto idem cantthinkofanything cannotthinkofanything nothingtosay nonegative nopositive nonegatives
    nopositives test testtest testing stop unsubscribe pass nah donotknow idonotknow idrathernotsay iwouldrathernotsay
    declinetoanswer idecline rathernotanswer idprefernottosay ipreferto notasked notanswered unanswered questionnotshown
    questionskipped noresponsegiven noanswergiven sameanswerasbefore sameanswer sameansweras seeprevious seepreviousanswer
    alreadyanswered answeredabove asabovementioned asstatedabove dkna nadk ihavenothingtosay ihavenothingtoadd havenothingtoadd
    idonthaveany donthaveany thatsall thatisall nothingspecific notthatiknowof notthaticanthinkof nonethatiknowof cantsay
    cannotsay canttell canthinkofanything notanythinginparticular
    nada ninguno ninguna ningún sincomentarios sincomentario nosé nose nsnc nc ns nadaquedecir nadamás nadamas noaplica nadaqueañadir
    sinopinión sinopinion nadaquecomentar verarriba lomismoquearriba lomismoqueantes ídem prefieronocontestar prefieronoresponder
    prefieronodecirlo nolosé nolose nocontesta nosabe nsnr yacontestado yarespondido nadamásqueañadir
    rien non aucun aucune aucuncommentaire sanscommentaire sansavis pasdecommentaire pasdavis jenesaispas nsp ras rienàsignaler
    rienasignaler rienàdire rienadire rienàajouter néant neant voircidessus sansobjet riendeplus riendeplusàdire jsp aucuneidée
    nesouhaitepasrépondre jenesouhaitepasrépondre jepréfèrenepasrépondre idemquecidessus déjàrépondu commecidessus nesaitpas
    niente nulla nessuno nessuna nessuncommento nonso nd nientedaaggiungere nientedadire comesopra nulladaaggiungere
    nulladasegnalare nulladadire boh nonsaprei nonapplicabile vedisopra preferisconononrispondere preferisconorispondere
    preferiscononrispondere giàrisposto
    geen niets niks nvt geencommentaar geenopmerking geenopmerkingen geenidee weetniet weetikniet nietvantoepassing ziehierboven
    zieboven nietstoetevoegen nietstemelden zegikliever zegiklieverniet zegiklievernietopdezevraag geenmening albeantwoord
    needankje needankjewel needanku
    não nao nenhum nenhuma semcomentários semcomentarios semcomentário semcomentario nãosei naosei nadaadeclarar nadaaacrescentar
    semopinião nãoseaplica veracima mesmarespostadecima mesmarespostaanterior igualacima prefironãoresponder prefironãodizer nsei
    nsnr nadaaadicionar nadaadizer jáespondido járespondido
    x xx xxx xyz abc objectobject";

/// Words that say when or how, beside such an answer: "none **at this time**", "derzeit nichts".
const FILLERS: &str = "
    at this the moment time now right currently present really far so that i can think of comes to mind thanks thank you sorry
    sonst grad da mir fällt ein any right ne na
    derzeit momentan gerade aktuell im moment zurzeit zur zeit bisher jetzt leider danke eigentlich dazu wirklich bis noch
    actualmente por ahora gracias de momento pour le maintenant instant merci actuellement per ora adesso grazie al momento
    op dit ogenblik bedankt nu por enquanto agora obrigado obrigada";

/// Words that deny what follows.
const DENIALS: &str = "no none keine keinen kein keinerlei without aucun aucune pas ninguna ninguno ningún sin nessun nessuna
    nessuno geen sem nenhum nenhuma";

/// What is denied where nothing is said. Complaints, criticism and problems are not among it: to have none
/// says something.
const THINGS: &str = "
    suggestion suggestions comment comments feedback improvement improvements idea ideas opinion answer input remarks remark
    further additional other more particular special specific
    vorschläge vorschlag verbesserungsvorschläge verbesserungsvorschlag verbesserungen anregungen anregung anmerkungen anmerkung
    kommentar kommentare ideen idee angaben angabe meinung hinweise hinweis wünsche wunsch ergänzungen rückmeldung antwort ahnung
    weitere weiteren besondere besonderen sonstigen
    suggestions commentaire commentaires idée idées avis remarque remarques proposition autre autres
    sugerencia sugerencias comentario comentarios idea opinión observaciones otra más
    suggerimento suggerimenti commento commenti idee parere osservazioni altro
    opmerking opmerkingen suggestie suggesties verbeterpunten commentaar mening verdere
    sugestão sugestões comentário comentários ideia opinião observações mais";

/// Whether nothing is left of it but words that say nothing, without those that say when.
fn says_nothing_now(text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<String> = words
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty() && !has_word(FILLERS, word))
        .collect();
    if words.is_empty() || words.len() > 6 {
        return false;
    }
    let is_denial = has_word(DENIALS, &words[0])
        && words.len() > 1
        && words[1..].iter().all(|word| has_word(THINGS, word) || word == "d" || word == "de");
    is_denial || has_word(BLANK_ANSWERS, &words.concat())
}

/// What a form or a program shows where nothing was written: `(leer)`, "Enter your comments here", `{{comment}}`.
fn is_of_a_form(text: &str) -> bool {
    const EMPTY: &str = "leer blank empty none null vide vacío vacio blanco vuoto vuota leeg vazio branco text kein no nicht ausgefüllt \
                         keine antwort answer response given en em in sans réponse senza risposta geen antwoord sem resposta";
    const PLACES: &str = "here hier ici aquí qui hierin aqui";
    const DOINGS: &str = "enter type write click tap add insert eingeben geben schreiben tippen klicken saisissez saisir écrivez entrez \
                          cliquez escriba escribe introduzca haga ingrese scrivi scriva inserisci inserire clicca typ schrijf vul klik \
                          digite escreva insira clique";
    let text = text.trim();
    let variables = [("{{", "}}"), ("${", "}"), ("%%", "%%"), ("<%", "%>"), ("[%", "%]")];
    if variables.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close)) {
        return true;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let brackets = [('(', ')'), ('[', ']'), ('<', '>')];
    let is_in_brackets =
        brackets.iter().any(|&(open, close)| text.starts_with(open) && text.ends_with(close));
    if is_in_brackets
        && (1..=4).contains(&words.len())
        && words.iter().all(|word| has_word(EMPTY, word))
    {
        return true;
    }
    let any = |list: &str| words.iter().any(|word| has_word(list, word));
    (2..=7).contains(&words.len())
        && any(PLACES)
        && any(DOINGS)
        && !any("not nicht pas no non niet não can't cannot")
        || matches!(
            lower.trim_end_matches(['.', ':', '…', ' ', '*']),
            "your answer"
                | "ihre antwort"
                | "deine antwort"
                | "votre réponse"
                | "su respuesta"
                | "tu respuesta"
                | "la tua risposta"
                | "uw antwoord"
                | "jouw antwoord"
                | "sua resposta"
                | "a sua resposta"
                | "other (please specify)"
                | "sonstiges (bitte angeben)"
                | "bitte text eingeben"
                | "autre (veuillez préciser)"
                | "otro (especifique)"
                | "altro (specificare)"
        )
}

/// One of the commonest such answers with two letters in the wrong order: "Nihcts", "noen".
fn is_transposed(letters: &str) -> bool {
    const WORDS: &str =
        "nichts keine keiner none nothing nada ninguno rien aucun niente nessuno niets geen nenhum";
    let chars: Vec<char> = letters.chars().collect();
    if !(4..=8).contains(&chars.len()) {
        return false;
    }
    (0..chars.len() - 1).any(|at| {
        let mut swapped = chars.clone();
        swapped.swap(at, at + 1);
        has_word(WORDS, &swapped.iter().collect::<String>())
    })
}

/// "bla bla", "blah blah blah", "lorem ipsum", "test test 123".
fn is_babble(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.starts_with("lorem ipsum") {
        return true;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_one = |word: &str| {
        let rest = word.replace("blah", "").replace("bla", "");
        rest.is_empty() || has_word("test testing probe 1 2 3 123 1234", word)
    };
    (1..=6).contains(&words.len())
        && words.iter().all(|word| is_one(word))
        && words.iter().any(|word| word.chars().any(char::is_alphabetic))
        && (words.len() > 1 || words[0].len() > 4)
}

/// A number and nothing else: a code such as -99. "10/10" is an answer.
fn is_number(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '+']);
    text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// One letter again and again.
fn is_one_letter(letters: &str) -> bool {
    let first = letters.chars().next();
    letters.len() >= 3
        && letters.chars().nth(2).is_some()
        && letters.chars().all(|c| Some(c) == first && c.is_alphabetic())
}

/// Whether somebody ran over a keyboard: one letter again and again, keys that lie side by side, or no vowel
/// in many letters.
fn is_of_keys(letters: &str) -> bool {
    const ROWS: [&str; 7] = [
        "qwertyuiop",
        "qwertzuiopü",
        "azertyuiop",
        "asdfghjklöä",
        "yxcvbnm",
        "zxcvbnm",
        "abcdefghijk",
    ];
    let count = letters.chars().count();
    let side_by_side = |row: &&str| {
        count >= 4 && row.starts_with(letters)
            || count >= 5 && row.contains(letters)
            || letters.contains(*row)
    };
    let has_vowel = |c: char| !c.is_ascii_lowercase() || "aeiouy".contains(c);
    is_one_letter(letters)
        || ROWS.iter().any(side_by_side)
        || count >= 4 && is_of_runs(letters)
        || (5..=30).contains(&count) && !letters.chars().any(has_vowel)
}

/// Whether it is made of runs of keys that lie side by side, to the right or the left: "asdfjklö", "fdsajkl".
fn is_of_runs(letters: &str) -> bool {
    const ROWS: [&str; 6] =
        ["qwertyuiop", "qwertzuiopü", "asdfghjklöä", "asdfghjklñ", "asdfghjklç", "yxcvbnm"];
    const HOME: &str = "asdfghjklöäñç";
    let chars: Vec<char> = letters.chars().collect();
    let beside = |a: char, b: char| {
        ROWS.iter().any(|row| {
            let place = |c: char| row.chars().position(|key| key == c);
            matches!((place(a), place(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
        })
    };
    let (mut runs, mut length, mut shortest) = (0, 1, usize::MAX);
    for pair in chars.windows(2) {
        match beside(pair[0], pair[1]) {
            true => length += 1,
            false => {
                shortest = shortest.min(length);
                runs += 1;
                length = 1;
            }
        }
    }
    let is_home = chars.iter().all(|&c| HOME.contains(c));
    // "asdfg ñ": the last key may lie apart.
    let shortest =
        if length == 1 && runs == 1 && chars.len() > 5 { shortest } else { shortest.min(length) };
    is_home && shortest >= 3 && (chars.len() >= 6 || runs == 0)
}

/// What stands where a text was: `[deleted]`, `[removed by moderator]`.
fn is_deleted(text: &str) -> bool {
    const WORDS: &str = "deleted removed gelöscht entfernt supprimé eliminado borrado eliminato rimosso verwijderd removido \
                         apagado redacted";
    let inner = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let words = || inner.unwrap_or_default().split_whitespace();
    words().count() <= 5 && words().any(|word| has_word(WORDS, &word.to_lowercase()))
}

/// What spreadsheets show where a formula comes to nothing.
pub(crate) fn is_formula_error(text: &str) -> bool {
    const ERRORS: &str = "#N/A #N/A! #REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #GETTING_DATA \
                          #BLOCKED! #CONNECT! #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #NOM? #VALEUR! #NOME? #VALORE! #VALOR! #NAAM? #WAARDE! #NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF!";
    has_word(ERRORS, text.trim())
}

/// `:-)`, `;(`, `=D`, `<3`: eyes before a mouth.
fn has_emoticon(text: &str) -> bool {
    let symbols: Vec<char> = text.chars().filter(|&c| c != '-' && c != '\'').collect();
    symbols.windows(2).any(|pair| {
        matches!(pair, [':' | ';' | '=', '(' | ')' | '[' | ']' | '/' | '|'] | ['^', '^'])
    })
}

#[cfg(test)]
mod tests;
