"""Sentences of customer feedback that the corpora lack, made from templates written for this project.

What counts as what: a judgement of the customer decides; a wish or suggestion without a complaint, a question, a fact,
an empty answer is neutral; thanks that carry a complaint are negative; when praise and complaint meet in one sentence
that cannot be split, the complaint decides; "it could be worse", "fine", "ok" alone are neutral, "passt" is positive.
"""
import itertools
import random

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"

# Nouns with article and gender, so that sentences are grammatical: (nominative, accusative, with "mit", adjective ending).
DE_THINGS = [
    ("die Lieferung", "die Lieferung", "der Lieferung"), ("der Kundenservice", "den Kundenservice", "dem Kundenservice"),
    ("die Hotline", "die Hotline", "der Hotline"), ("die App", "die App", "der App"),
    ("die Website", "die Website", "der Website"), ("der Techniker", "den Techniker", "dem Techniker"),
    ("die Rechnung", "die Rechnung", "der Rechnung"), ("der Preis", "den Preis", "dem Preis"),
    ("die Qualität", "die Qualität", "der Qualität"), ("die Verpackung", "die Verpackung", "der Verpackung"),
    ("das Personal", "das Personal", "dem Personal"), ("die Beratung", "die Beratung", "der Beratung"),
    ("der Bestellvorgang", "den Bestellvorgang", "dem Bestellvorgang"), ("das Kundenkonto", "das Kundenkonto", "dem Kundenkonto"),
    ("die Rücksendung", "die Rücksendung", "der Rücksendung"), ("der Einbau", "den Einbau", "dem Einbau"),
    ("das Zimmer", "das Zimmer", "dem Zimmer"), ("das Frühstück", "das Frühstück", "dem Frühstück"),
    ("die Filiale", "die Filiale", "der Filiale"), ("der Vertrag", "den Vertrag", "dem Vertrag"),
    ("das Gerät", "das Gerät", "dem Gerät"), ("die Verbindung", "die Verbindung", "der Verbindung"),
    ("der Chat", "den Chat", "dem Chat"), ("die Reparatur", "die Reparatur", "der Reparatur"),
    ("die Schadensabwicklung", "die Schadensabwicklung", "der Schadensabwicklung"),
    ("der Newsletter", "den Newsletter", "dem Newsletter"), ("die Bahn", "die Bahn", "der Bahn"),
    ("das WLAN", "das WLAN", "dem WLAN"), ("die Mitarbeiterin", "die Mitarbeiterin", "der Mitarbeiterin"),
    ("der Fahrer", "den Fahrer", "dem Fahrer"), ("die Wartezeit", "die Wartezeit", "der Wartezeit"),
]
DE_GOOD = ["gut", "super", "klasse", "prima", "top", "hervorragend", "toll", "einwandfrei", "vorbildlich", "spitze",
           "sehr gut", "wirklich gut", "großartig", "ausgezeichnet", "erstklassig", "überzeugend", "unkompliziert"]
DE_BAD = ["schlecht", "katastrophal", "miserabel", "enttäuschend", "mangelhaft", "eine Zumutung", "unterirdisch",
          "eine Katastrophe", "nicht zu gebrauchen", "ärgerlich", "unmöglich", "grottenschlecht", "sehr schlecht",
          "eine Frechheit", "unzuverlässig", "ein Witz", "lausig", "unter aller Sau", "eine absolute Enttäuschung"]
DE_MIDDLING = ["okay", "durchschnittlich", "mittelmäßig", "in Ordnung, mehr nicht", "so lala", "weder gut noch schlecht",
               "ganz normal", "wie immer", "unverändert", "nichts Besonderes", "geht so"]
DE_FEATURES = ["einen Dunkelmodus", "eine Suchfunktion", "mehr Zahlungsarten", "eine Sendungsverfolgung", "längere Öffnungszeiten",
               "eine App für Tablets", "einen Newsletter", "kleinere Packungen", "eine Abholstation", "Ratenzahlung",
               "mehr Farben", "eine vegane Alternative", "eine Live-Ansicht", "ein Treueprogramm", "einen Filter nach Größe",
               "eine englische Anleitung", "Termine am Samstag", "einen Chat", "mehr Parkplätze", "eine Exportfunktion"]
DE_FACTS = ["Ich habe am {day} bestellt.", "Die Bestellung wurde am {day} aufgegeben.", "Bezahlt habe ich per {pay}.",
            "Ich bin seit {n} Jahren Kunde.", "Wir waren zu {n}. dort.", "Die Rechnung kam per E-Mail.",
            "Das Paket wurde bei der Nachbarin abgegeben.", "Der Termin ist am {day}.", "Ich habe die Größe {n} genommen.",
            "Wir haben {n} Stück gekauft.", "Die Lieferung erfolgte am {day}.", "Ich nutze die App auf dem Handy.",
            "Gekauft für meine Tochter.", "Bestellt wurde über die Website.", "Ich wohne in {city}.", "Die Filiale liegt in {city}.",
            "Der Vertrag läuft bis Ende {month}.", "Ich habe im {month} den Tarif gewechselt.", "Zimmer {n}, zwei Nächte.",
            "Die Abbuchung erfolgt monatlich.", "Ich habe heute eine E-Mail bekommen.", "Das Gerät steht im Keller.",
            "Der Techniker kommt am {day}.", "Anruf am {day} gegen {n} Uhr.", "Ich habe den Fragebogen ausgefüllt.",
            "Es handelt sich um einen Firmenkunden.", "Die Vertragsnummer habe ich angegeben.", "Wir haben zwei Kinder.",
            "Ich fahre täglich mit der Bahn von {city} zur Arbeit.", "Das Gespräch dauerte {n} Minuten.",
            "Mein Mann hat den Vertrag abgeschlossen.", "Ich habe das Produkt noch nicht ausprobiert.",
            "Noch nicht benutzt, daher kann ich nichts dazu sagen.", "Dazu kann ich nichts sagen.", "Ich habe dazu keine Meinung."]
DE_QUESTIONS = ["Wann kommt {thing}?", "Wie lange habt ihr {day} geöffnet?", "Gibt es {feature}?", "Wo finde ich die Rechnung?",
                "Kann ich auch per {pay} zahlen?", "Liefern Sie auch nach {city}?", "Wer ist mein Ansprechpartner?",
                "Ist das Produkt auch in Größe {n} erhältlich?", "Wie kann ich meine Adresse ändern?", "Gilt der Gutschein auch im {month}?",
                "Was kostet der Versand nach {city}?", "Wie funktioniert die Anmeldung?", "Können Sie mir die Unterlagen zuschicken?",
                "Muss ich dafür ein Kundenkonto anlegen?", "Ab wann gilt der neue Tarif?", "Welche Unterlagen brauchen Sie von mir?"]
DE_COMPLAINTS = ["seit {n} Tagen warte ich auf eine Antwort", "niemand geht ans Telefon", "die Ware kam beschädigt an",
                 "das Gerät ist nach {n} Wochen kaputtgegangen", "ich habe mein Geld immer noch nicht zurück",
                 "die App stürzt ständig ab", "der Techniker ist nicht erschienen", "ich wurde {n} Mal weiterverbunden",
                 "die Lieferung kam viel zu spät", "der falsche Artikel wurde geliefert", "man wird einfach aus der Leitung geworfen",
                 "es wurde zu viel abgebucht", "keiner fühlt sich zuständig", "auf meine Mails reagiert niemand",
                 "die Hälfte fehlte", "nach dem Update geht gar nichts mehr", "der Login funktioniert nicht",
                 "ich hing {n} Minuten in der Warteschleife", "der Preis wurde ohne Ankündigung erhöht",
                 "die Kündigung wird ignoriert", "das Zimmer war schmutzig", "der Fahrer hat das Paket einfach vor die Tür geworfen",
                 "der Akku hält keine zwei Stunden", "es ist schon wieder alles ausverkauft", "der Zug ist schon wieder ausgefallen"]
DE_PRAISE = ["die Lieferung war am nächsten Tag da", "der Techniker war pünktlich und freundlich", "mir wurde sofort geholfen",
             "alles hat auf Anhieb funktioniert", "das Geld war nach zwei Tagen zurück", "die Beratung war kompetent",
             "die App läuft flüssig und ist übersichtlich", "ich wurde schnell und freundlich bedient",
             "die Einrichtung war kinderleicht", "Preis und Leistung stimmen", "der Umtausch war kein Problem",
             "die Ware war sorgfältig verpackt", "am Telefon war sofort jemand dran", "das Essen war lecker",
             "das Zimmer war sauber und ruhig", "der Fahrer war sehr hilfsbereit", "das Gerät ist leise und sparsam"]
DE_SHORT = {
    POSITIVE: ["passt", "Passt!", "passt alles", "alles super", "alles gut", "Alles bestens", "top", "Top!", "super", "Super!!!", "prima",
               "klasse", "gerne wieder", "Immer wieder gern", "weiter so", "Weiter so!", "läuft", "sehr gut", "sehr zufrieden",
               "zufrieden", "bin zufrieden", "gut", "Gut.", "perfekt", "1a", "Daumen hoch", "5 Sterne", "alles bestens, danke",
               "keine Beanstandungen", "nichts zu meckern", "nichts auszusetzen", "kann man nicht meckern", "Danke!", "vielen Dank",
               "danke für die schnelle Hilfe", "empfehlenswert", "absolut empfehlenswert", "klare Empfehlung", "freundlich",
               "schnell und freundlich", "hat geklappt", "funktioniert einwandfrei", "wie erwartet gut", "alles wie gewünscht",
               "mega", "Hammer", "spitze", "toll", "einfach genial", "besser geht's nicht", "Note 1", "kein Verbesserungsbedarf",
               "alles in bester Ordnung", "keine Probleme", "hat mir gefallen", "Gefällt mir", "preiswert und gut", "lecker"],
    NEUTRAL: ["ok", "Ok", "OK.", "okay", "nix", "Nix", "nichts", "Nichts.", "keine Angabe", "k.A.", "k. A.", "-", "--", ".", "...", "x",
              "keine", "keine Anmerkungen", "kein Kommentar", "weiß nicht", "weiss nicht", "keine Ahnung", "entfällt", "s.o.",
              "siehe oben", "egal", "geht so", "naja", "na ja, geht so", "mittel", "durchschnittlich", "teils teils", "teils/teils",
              "neutral", "normal", "keine Meinung", "fällt mir nichts ein", "mir fällt nichts ein", "nichts Besonderes", "wie immer",
              "noch nicht genutzt", "kenne ich nicht", "nicht beurteilbar", "kann ich nicht beurteilen", "trifft nicht zu",
              "nicht zutreffend", "nein", "Ja", "ja", "vielleicht", "Test", "test", "Hallo", "Guten Tag", "mfg", "Mit freundlichen Grüßen",
              "Preis", "Service", "Lieferung", "App", "Hotline", "Rechnung", "Öffnungszeiten", "in Ordnung", "soweit ok", "so lala",
              "befriedigend", "3", "7", "10 Uhr", "Montag", "die Website", "Kundenservice", "wechselnde Mitarbeiter", "unverändert"],
    NEGATIVE: ["schlecht", "Schlecht!", "nie wieder", "Nie wieder!", "zu teuer", "viel zu teuer", "zu langsam", "zu spät", "unfreundlich",
               "kaputt", "defekt", "geht nicht", "funktioniert nicht", "Frechheit", "Abzocke", "Finger weg", "enttäuscht",
               "sehr enttäuscht", "mangelhaft", "ungenügend", "Note 6", "0 Sterne", "1 Stern", "lächerlich", "unverschämt", "Schrott",
               "Müll", "grauenhaft", "peinlich", "Saftladen", "Sauladen", "Katastrophe", "eine Katastrophe", "kein Service",
               "keine Antwort", "keine Reaktion", "lange Wartezeit", "lange Wartezeiten", "ewige Warteschleife", "zu kompliziert",
               "unübersichtlich", "nicht zufrieden", "unzufrieden", "nicht gut", "nicht empfehlenswert", "keine Empfehlung", "überteuert",
               "inkompetent", "unzuverlässig", "schmutzig", "dreckig", "zu laut", "zu wenig Personal", "alles schlecht",
               "man erreicht niemanden", "nicht erreichbar", "stürzt ab", "Fehlermeldung", "Betrug", "reine Geldverschwendung"],
}

EN_THINGS = ["the delivery", "customer service", "the hotline", "the app", "the website", "the technician", "the invoice", "the price",
             "the quality", "the packaging", "the staff", "the checkout", "my account", "the return process", "the installation",
             "the room", "breakfast", "the store", "the contract", "the device", "the connection", "the chat", "the repair",
             "the claims process", "the driver", "the wifi", "the support team", "the menu", "the battery", "the refund"]
EN_GOOD = ["good", "great", "excellent", "fantastic", "top notch", "perfect", "very good", "really good", "flawless", "outstanding",
           "brilliant", "superb", "first class", "spot on", "wonderful"]
EN_BAD = ["bad", "terrible", "awful", "a joke", "disappointing", "a nightmare", "useless", "horrible", "a disgrace", "very poor",
          "unacceptable", "a disaster", "pathetic", "really bad", "not fit for purpose", "appalling", "a complete letdown"]
EN_MIDDLING = ["okay", "average", "so-so", "nothing special", "neither good nor bad", "the same as always", "unchanged",
               "acceptable", "what you would expect", "fine, nothing more", "mediocre"]
EN_FEATURES = ["a dark mode", "a search function", "more payment options", "order tracking", "longer opening hours", "a tablet version",
               "smaller packs", "a pick-up point", "more colours", "a vegan option", "a loyalty programme", "a size filter",
               "a German manual", "Saturday appointments", "a live chat", "more parking", "an export function", "a family plan"]
EN_FACTS = ["I ordered on {day}.", "The order was placed on {day}.", "I paid by {pay}.", "I have been a customer for {n} years.",
            "There were {n} of us.", "The invoice came by email.", "The parcel was left with a neighbour.", "The appointment is on {day}.",
            "I took a size {n}.", "We bought {n} of them.", "Delivered on {day}.", "I use the app on my phone.",
            "Bought it for my daughter.", "I live in {city}.", "The store is in {city}.", "The contract runs until {month}.",
            "I changed my plan in {month}.", "Room {n}, two nights.", "The fee is charged monthly.", "I got an email today.",
            "The technician is coming on {day}.", "I called on {day} at {n}.", "I filled in the survey.", "It is a business account.",
            "My husband signed the contract.", "I have not tried the product yet.", "I can't comment on that.",
            "I have no opinion on this.", "The call took {n} minutes.", "I take the train from {city} to work every day."]
EN_QUESTIONS = ["When will {thing} be available?", "How late are you open on {day}?", "Is there {feature}?", "Where can I find my invoice?",
                "Can I also pay by {pay}?", "Do you deliver to {city}?", "Who do I contact about my contract?",
                "Is this available in size {n}?", "How do I change my address?", "Is the voucher still valid in {month}?",
                "What does shipping to {city} cost?", "Do I need an account for that?", "Which documents do you need from me?"]
EN_COMPLAINTS = ["I have been waiting {n} days for a reply", "nobody picks up the phone", "the item arrived broken",
                 "it stopped working after {n} weeks", "I still haven't got my money back", "the app keeps crashing",
                 "the technician never showed up", "I was transferred {n} times", "the delivery was far too late",
                 "they sent the wrong item", "they just hung up on me", "I was charged twice", "nobody takes responsibility",
                 "my emails are ignored", "half of the order was missing", "nothing works since the update", "I can't log in",
                 "I was on hold for {n} minutes", "the price went up without notice", "they ignore my cancellation",
                 "the room was filthy", "the battery barely lasts two hours", "my flight was cancelled again"]
EN_PRAISE = ["it arrived the next day", "the technician was friendly and on time", "they helped me right away",
             "everything worked first time", "I had my refund within two days", "the advice was really helpful",
             "the app is fast and easy to use", "setting it up was a breeze", "it is great value for money",
             "the exchange was no problem at all", "it was packed with care", "someone answered immediately",
             "the food was delicious", "the room was clean and quiet", "the driver went out of his way to help"]
EN_SHORT = {
    POSITIVE: ["all good", "great", "Great!", "excellent", "perfect", "love it", "Love it!", "very happy", "happy with it", "good", "Good.",
               "very good", "keep it up", "Keep up the good work!", "no complaints", "nothing to complain about", "can't complain",
               "would buy again", "highly recommended", "recommended", "5 stars", "thumbs up", "thanks!", "Thank you so much",
               "works great", "works perfectly", "as good as expected", "fast and friendly", "no problems", "no issues at all", "awesome",
               "amazing", "brilliant", "spot on", "top", "10/10", "couldn't be better", "best ever", "super", "satisfied", "well done",
               "nice", "really nice staff", "easy to use", "good value", "not bad at all", "never had a problem", "delicious"],
    NEUTRAL: ["ok", "OK", "okay", "Ok.", "n/a", "N/A", "na", "none", "None", "nothing", "Nothing.", "no comment", "no comments", "-", "x",
              "don't know", "dunno", "not sure", "no opinion", "no idea", "see above", "as above", "average", "so so", "meh, average", "neutral",
              "normal", "nothing special", "not applicable", "not used yet", "can't say", "yes", "no", "maybe", "test", "Hello", "Hi there",
              "Kind regards", "price", "service", "delivery", "the app", "opening hours", "it's ok", "it is what it is", "fair", "mixed",
              "same as before", "nothing comes to mind", "fine I guess", "3", "8", "Monday", "customer service", "invoice"],
    NEGATIVE: ["bad", "Bad!", "never again", "Never again!", "too expensive", "way too expensive", "too slow", "too late", "rude", "broken",
               "doesn't work", "does not work", "not working", "rip-off", "ripoff", "scam", "avoid", "stay away", "disappointed",
               "very disappointed", "poor", "very poor", "terrible", "awful", "useless", "rubbish", "trash", "garbage", "waste of money",
               "0 stars", "1 star", "ridiculous", "a joke", "shame on you", "no service", "no reply", "no response", "long wait",
               "long waiting times", "endless queue", "too complicated", "confusing", "not happy", "unhappy", "not good",
               "not recommended", "would not recommend", "overpriced", "incompetent", "unreliable", "dirty", "too loud", "understaffed",
               "keeps crashing", "can't reach anyone", "worst ever", "fraud", "horrible", "sucks", "not worth it"],
}
OTHER_SHORT = {
    "fr": {POSITIVE: ["très bien", "super", "parfait", "rien à redire", "très satisfait", "je recommande", "rapide et efficace", "merci beaucoup"],
           NEUTRAL: ["ok", "rien", "néant", "sans avis", "aucun commentaire", "je ne sais pas", "moyen", "rien à signaler", "non concerné"],
           NEGATIVE: ["nul", "très déçu", "trop cher", "à fuir", "jamais plus", "injoignable", "ne fonctionne pas", "une honte", "arnaque", "trop lent"]},
    "es": {POSITIVE: ["muy bien", "perfecto", "todo bien", "excelente", "muy contento", "lo recomiendo", "rápido y fácil", "muchas gracias"],
           NEUTRAL: ["ok", "nada", "ninguno", "sin comentarios", "no sé", "no aplica", "normal", "regular", "n/a"],
           NEGATIVE: ["muy mal", "pésimo", "muy caro", "nunca más", "no funciona", "una vergüenza", "decepcionado", "una estafa", "demasiado lento"]},
    "it": {POSITIVE: ["ottimo", "perfetto", "tutto bene", "molto soddisfatto", "consigliato", "veloce e gentile", "grazie mille"],
           NEUTRAL: ["ok", "niente", "nessuno", "nessun commento", "non so", "non applicabile", "nella media", "n/a", "così così"],
           NEGATIVE: ["pessimo", "troppo caro", "mai più", "non funziona", "una vergogna", "deluso", "una truffa", "troppo lento", "scortesi"]},
    "nl": {POSITIVE: ["prima", "goed", "heel goed", "tevreden", "aanrader", "top", "snel en vriendelijk", "geen klachten", "dank je wel"],
           NEUTRAL: ["ok", "niets", "geen", "geen mening", "weet niet", "n.v.t.", "gaat wel", "gemiddeld", "geen opmerkingen"],
           NEGATIVE: ["slecht", "te duur", "nooit meer", "werkt niet", "schandalig", "teleurgesteld", "oplichting", "te traag", "onbereikbaar"]},
    "pt": {POSITIVE: ["muito bom", "perfeito", "tudo certo", "excelente", "recomendo", "satisfeito", "rápido e fácil", "muito obrigado"],
           NEUTRAL: ["ok", "nada", "nenhum", "sem comentários", "não sei", "não se aplica", "normal", "mais ou menos", "n/a"],
           NEGATIVE: ["péssimo", "muito caro", "nunca mais", "não funciona", "uma vergonha", "decepcionado", "golpe", "muito lento", "horrível"]},
}
EMOJI = {POSITIVE: "👍 😀 😊 😍 ❤️ 👏 🎉 🥰 😃 🙂 💯 ⭐⭐⭐⭐⭐ 🤩 😁 🙌 :-) :) ;-) <3 👌".split(),
         NEGATIVE: "👎 😡 😠 🤬 😤 😞 😢 😭 🙄 😒 🤮 💩 😩 :-( :( ⭐ 🤦 😣 😖".split(),
         NEUTRAL: "🤷 😐 🤔 📦 📱 🏠 🚗 📧 ☎️ 🕐".split()}

# ("template", label); {a} and {b} are things, {good}, {bad}, {middling} judgements, {feature} what is wished for.
DE_TEMPLATES = [
    ("{A} ist {good}", POSITIVE), ("{A} war {good}", POSITIVE), ("Mit {mit} bin ich sehr zufrieden", POSITIVE),
    ("{A} war nicht {good1}", NEGATIVE), ("{A} ist leider nicht {good1}", NEGATIVE), ("{A} ist {bad}", NEGATIVE), ("{A} war {bad}", NEGATIVE),
    ("Mit {mit} bin ich überhaupt nicht zufrieden", NEGATIVE), ("Mit {mit} bin ich nicht wirklich zufrieden", NEGATIVE),
    ("{A} ist gar nicht so schlecht", POSITIVE), ("{A} war nicht schlecht", POSITIVE), ("{A} war alles andere als schlecht", POSITIVE),
    ("{A} war alles andere als {good1}", NEGATIVE), ("An {mit} gibt es nichts auszusetzen", POSITIVE),
    ("Über {akk} kann ich mich nicht beschweren", POSITIVE), ("Über {akk} kann man nichts Schlechtes sagen", POSITIVE),
    ("Ich hatte noch nie ein Problem mit {mit}", POSITIVE), ("Ich kann nicht behaupten, dass {a} {good1} ist", NEGATIVE),
    ("Nicht einmal {a} funktioniert", NEGATIVE), ("{A} lässt zu wünschen übrig", NEGATIVE), ("{A} lässt keine Wünsche offen", POSITIVE),
    ("{A} ist {middling}", NEUTRAL), ("{A} war {middling}", NEUTRAL), ("Zu {mit} kann ich nichts sagen", NEUTRAL),
    ("{A} ist {good}, aber {b} ist {bad}", NEGATIVE), ("{A} war zwar {good}, aber {complaint}", NEGATIVE),
    ("{A} war zwar {good}, {b} dagegen {bad}", NEGATIVE), ("Anfangs war {a} {bad}, inzwischen ist alles {good}", POSITIVE),
    ("Früher war {a} {good}, heute ist alles {bad}", NEGATIVE), ("Erst Probleme mit {mit}, dann wurde mir aber schnell geholfen", POSITIVE),
    ("{A} ist besser als bei der Konkurrenz", POSITIVE), ("{A} ist deutlich besser geworden", POSITIVE),
    ("Bei anderen Anbietern ist {a} besser", NEGATIVE), ("{A} wird immer schlechter", NEGATIVE), ("{A} war früher besser", NEGATIVE),
    ("Nirgendwo ist {a} so {good}", POSITIVE), ("{A} könnte besser sein", NEGATIVE), ("{A} könnte kaum besser sein", POSITIVE),
    ("Wäre schön, wenn es {feature} gäbe", NEUTRAL), ("Es wäre toll, wenn Sie {feature} anbieten würden", NEUTRAL),
    ("Ich würde mir {feature} wünschen", NEUTRAL), ("Bitte {feature} einführen", NEUTRAL), ("Vorschlag: {feature}", NEUTRAL),
    ("Vielleicht könnte man {feature} ergänzen", NEUTRAL), ("Schön wäre noch {feature}", NEUTRAL), ("Mein Wunsch: {feature}", NEUTRAL),
    ("Ich fände {feature} hilfreich", NEUTRAL), ("Eine Idee wäre, {feature} anzubieten", NEUTRAL), ("Bietet doch bitte {feature} an", NEUTRAL),
    ("Es wäre schön, wenn {a} endlich funktionieren würde", NEGATIVE), ("Schön wäre, wenn mal jemand ans Telefon ginge", NEGATIVE),
    ("Wenn {a} {good1} wäre, würde ich bleiben", NEGATIVE), ("Ich hätte mir mehr erwartet, {a} ist {bad}", NEGATIVE),
    ("Danke für nichts, {complaint}", NEGATIVE), ("Vielen Dank auch, {complaint}", NEGATIVE), ("Danke, aber {complaint}", NEGATIVE),
    ("Ich danke für die Antwort, leider {verblast}", NEGATIVE), ("Na toll, {complaint}", NEGATIVE), ("Super, {complaint} 🙄", NEGATIVE),
    ("Ganz großes Kino, {complaint}", NEGATIVE), ("Bravo, {complaint}", NEGATIVE), ("Herzlichen Glückwunsch, {complaint}", NEGATIVE),
    ("{Complaint}", NEGATIVE), ("{Complaint}!", NEGATIVE), ("Leider muss ich sagen: {complaint}", NEGATIVE), ("Ich bin enttäuscht: {complaint}", NEGATIVE),
    ("{Praise}", POSITIVE), ("{Praise}!", POSITIVE), ("Vielen Dank, {praise}", POSITIVE), ("Ich bin begeistert: {praise}", POSITIVE),
    ("Besonders gut: {praise}", POSITIVE), ("Danke an das Team, {praise}", POSITIVE), ("Kein Grund zur Klage, {praise}", POSITIVE),
    ("Habe {a} gerade das erste Mal genutzt", NEUTRAL), ("Es geht um {akk}", NEUTRAL), ("Betrifft: {a}", NEUTRAL),
    ("Keine Verbesserungsvorschläge zu {mit}", NEUTRAL), ("{A} ist mir nicht wichtig", NEUTRAL), ("{A} habe ich nicht genutzt", NEUTRAL),
    ("Ich rufe wegen {mit} noch einmal an", NEUTRAL), ("{A} {bad} {emojibad}", NEGATIVE), ("{A} {good} {emojigood}", POSITIVE),
    ("{A}: {good}", POSITIVE), ("{A}: {bad}", NEGATIVE), ("Ohne {akk} wäre alles besser gewesen", NEGATIVE),
    ("Nie wieder Ärger mit {mit}, endlich läuft es", POSITIVE), ("Ich würde es nicht noch einmal kaufen", NEGATIVE),
    ("Ich würde es jederzeit wieder kaufen", POSITIVE), ("Kann ich nicht empfehlen", NEGATIVE), ("Kann ich nur empfehlen", POSITIVE),
    ("Da weiß die linke Hand nicht, was die rechte tut", NEGATIVE), ("Das ist doch ein Fass ohne Boden mit {mit}", NEGATIVE),
    ("Ich fühle mich gut aufgehoben", POSITIVE), ("Ich fühle mich im Stich gelassen", NEGATIVE), ("{A} ist unter aller Kanone", NEGATIVE),
    ("{A} ist das Gelbe vom Ei", POSITIVE), ("{A} ist nicht das Gelbe vom Ei", NEGATIVE), ("Bei {mit} ist Luft nach oben", NEGATIVE),
    ("{A} hat Hand und Fuß", POSITIVE), ("Man wird von Pontius zu Pilatus geschickt", NEGATIVE), ("{A} ist sein Geld wert", POSITIVE),
    ("{A} ist das Geld nicht wert", NEGATIVE), ("Da kann man wirklich nicht meckern", POSITIVE), ("Ich habe die Nase voll von {mit}", NEGATIVE),
]
EN_TEMPLATES = [
    ("{A} is {good}", POSITIVE), ("{A} was {good}", POSITIVE), ("I am very happy with {a}", POSITIVE),
    ("{A} was not {good1}", NEGATIVE), ("{A} isn't {good1}", NEGATIVE), ("{A} is {bad}", NEGATIVE), ("{A} was {bad}", NEGATIVE),
    ("I am not at all happy with {a}", NEGATIVE), ("I'm not really satisfied with {a}", NEGATIVE),
    ("{A} is not bad at all", POSITIVE), ("{A} wasn't bad", POSITIVE), ("{A} was anything but {good1}", NEGATIVE),
    ("I can't say anything bad about {a}", POSITIVE), ("I have nothing to complain about with {a}", POSITIVE),
    ("I never had a problem with {a}", POSITIVE), ("I can't say that {a} is {good1}", NEGATIVE), ("Not even {a} works", NEGATIVE),
    ("{A} leaves a lot to be desired", NEGATIVE), ("{A} leaves nothing to be desired", POSITIVE),
    ("{A} is {middling}", NEUTRAL), ("{A} was {middling}", NEUTRAL), ("I can't comment on {a}", NEUTRAL),
    ("{A} is {good}, but {b} is {bad}", NEGATIVE), ("{A} was {good}, but {complaint}", NEGATIVE), ("While {a} was {good}, {b} was {bad}", NEGATIVE),
    ("At first {a} was {bad}, but now everything is {good}", POSITIVE), ("{A} used to be {good}, now it is {bad}", NEGATIVE),
    ("Some trouble with {a} at first, but it was sorted out quickly", POSITIVE), ("{A} is better than the competition", POSITIVE),
    ("{A} has improved a lot", POSITIVE), ("{A} is better elsewhere", NEGATIVE), ("{A} gets worse every year", NEGATIVE),
    ("{A} could be better", NEGATIVE), ("{A} couldn't be better", POSITIVE), ("{A} used to be better", NEGATIVE),
    ("It would be nice if you had {feature}", NEUTRAL), ("It would be great to have {feature}", NEUTRAL), ("I would like to see {feature}", NEUTRAL),
    ("Please add {feature}", NEUTRAL), ("Suggestion: {feature}", NEUTRAL), ("Maybe you could offer {feature}", NEUTRAL),
    ("Would love {feature}", NEUTRAL), ("I would find {feature} useful", NEUTRAL), ("How about {feature}", NEUTRAL), ("My wish: {feature}", NEUTRAL),
    ("It would be nice if {a} actually worked", NEGATIVE), ("It would be nice if somebody answered the phone", NEGATIVE),
    ("If {a} were {good1}, I would stay", NEGATIVE), ("I expected more, {a} is {bad}", NEGATIVE),
    ("Thanks for nothing, {complaint}", NEGATIVE), ("Thank you, but {complaint}", NEGATIVE), ("Thanks for the reply, unfortunately {complaint}", NEGATIVE),
    ("Oh great, {complaint}", NEGATIVE), ("Well done, {complaint} 🙄", NEGATIVE), ("Bravo, {complaint}", NEGATIVE), ("Just brilliant, {complaint}", NEGATIVE),
    ("{Complaint}", NEGATIVE), ("{Complaint}!", NEGATIVE), ("Sadly, {complaint}", NEGATIVE), ("Really disappointed: {complaint}", NEGATIVE),
    ("{Praise}", POSITIVE), ("{Praise}!", POSITIVE), ("Thank you, {praise}", POSITIVE), ("So pleased: {praise}", POSITIVE),
    ("Can't complain, {praise}", POSITIVE), ("Thanks to the team, {praise}", POSITIVE),
    ("I have just used {a} for the first time", NEUTRAL), ("This is about {a}", NEUTRAL), ("Regarding {a}", NEUTRAL),
    ("{A} is not important to me", NEUTRAL), ("I have not used {a}", NEUTRAL), ("I will call again about {a}", NEUTRAL),
    ("{A} {bad} {emojibad}", NEGATIVE), ("{A} {good} {emojigood}", POSITIVE), ("{A}: {good}", POSITIVE), ("{A}: {bad}", NEGATIVE),
    ("Would not buy again", NEGATIVE), ("Would buy again anytime", POSITIVE), ("I can't recommend it", NEGATIVE), ("I can only recommend it", POSITIVE),
    ("{A} is worth every penny", POSITIVE), ("{A} is not worth the money", NEGATIVE), ("I am fed up with {a}", NEGATIVE),
    ("{A} went above and beyond", POSITIVE), ("{A} is a mixed bag", NEUTRAL), ("{A} drives me up the wall", NEGATIVE),
    ("I feel let down", NEGATIVE), ("I feel in good hands", POSITIVE), ("Hats off to {a}", POSITIVE), ("{A} is a slap in the face", NEGATIVE),
]
FILL = {
    "de": dict(day=["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "12.3.", "3. Mai"],
               pay=["PayPal", "Kreditkarte", "Rechnung", "Lastschrift"], city=["Köln", "Berlin", "Wien", "Zürich", "Leipzig", "Hamburg"],
               month=["Januar", "März", "Mai", "Juli", "Oktober"]),
    "en": dict(day=["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "12 March", "May 3rd"],
               pay=["PayPal", "credit card", "invoice", "direct debit"], city=["Leeds", "Dublin", "Boston", "London", "Austin", "Bristol"],
               month=["January", "March", "May", "July", "October"]),
}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fill(template: str, lang: str, chance: random.Random) -> str:
    german = lang == "de"
    things = chance.sample(DE_THINGS if german else [(t, t, t) for t in EN_THINGS], 2)
    good, bad = (DE_GOOD, DE_BAD) if german else (EN_GOOD, EN_BAD)
    numbers = {key: chance.choice(values) for key, values in FILL[lang].items()} | {"n": str(chance.randrange(2, 46))}
    complaint = chance.choice(DE_COMPLAINTS if german else EN_COMPLAINTS).format(**numbers)
    praise = chance.choice(DE_PRAISE if german else EN_PRAISE).format(**numbers)
    return template.format(
        a=things[0][0], A=capital(things[0][0]), akk=things[0][1], mit=things[0][2], b=things[1][0], thing=things[0][0],
        good=chance.choice(good), good1=good[chance.randrange(4)], bad=chance.choice(bad),
        middling=chance.choice(DE_MIDDLING if german else EN_MIDDLING),
        feature=chance.choice(DE_FEATURES if german else EN_FEATURES),
        complaint=complaint, Complaint=capital(complaint), praise=praise, Praise=capital(praise),
        verblast="hilft mir das nicht weiter", emojigood=chance.choice(EMOJI[POSITIVE]), emojibad=chance.choice(EMOJI[NEGATIVE]), **numbers)


def rows(each: int = 7, seed: int = 3) -> list[tuple[str, str, str]]:
    """(text, label, language), no text twice; always the same rows."""
    chance = random.Random(seed)
    made: dict[str, tuple[str, str]] = {}

    def add(text: str, label: str, lang: str) -> None:
        made.setdefault(text, (label, lang))

    for lang, templates in (("de", DE_TEMPLATES), ("en", EN_TEMPLATES)):
        for template, label in templates:
            for _ in range(each):
                text = _fill(template, lang, chance)
                add(text + (chance.choice(["", ".", ".", "!"]) if text[-1].isalpha() else ""), label, lang)
    for lang, facts, questions in (("de", DE_FACTS, DE_QUESTIONS), ("en", EN_FACTS, EN_QUESTIONS)):
        for template in itertools.chain(facts, questions):
            for _ in range(4):
                add(_fill(template, lang, chance), NEUTRAL, lang)
    for lang, short in {"de": DE_SHORT, "en": EN_SHORT, **OTHER_SHORT}.items():
        for label, texts in short.items():
            for text in texts:
                add(text, label, lang)
                if len(text) > 3 and lang in ("de", "en"):
                    add(chance.choice([text + ".", text + "!", text.lower(), capital(text), text.upper()]), label, lang)
    for label, signs in EMOJI.items():
        for sign in signs:
            add(sign, label, "en")
            add(sign * 3 if len(sign) < 3 else sign + " " + sign, label, "de")
            if label != NEUTRAL:  # words without an opinion of their own take the sign's
                add(f"{chance.choice(EN_THINGS)} {sign}", label, "en")
                add(f"{chance.choice(DE_THINGS)[0]} {sign}", label, "de")
    return [(text, label, lang) for text, (label, lang) in made.items()]


if __name__ == "__main__":
    for text, label, lang in rows():
        print(text, label, lang, sep="\t")
