//! Columns whose cells are personal as a whole, by their name.

use super::kind::Kind;

/// Names of columns, letters and digits alone, with what their cells are.
const COLUMNS: [(Kind, &str); 7] = [
    (Kind::Email, "email emailaddress mail mailadresse emailadresse recipientemail customeremail contactemail useremail respondentemail kundenemail
        email1 correo correoelectronico correoelectrónico courriel adresseemail emailadres indirizzoemail emailkunde requesteremail authoremail"),
    (Kind::Phone, "phone phonenumber telephone tel telefon telefonnummer mobile mobilephone mobil handy handynummer cell cellphone rufnummer telefono
        teléfono téléphone telefone telefoonnummer móvil cellulare contactphone customerphone whatsapp fax faxnummer"),
    (Kind::Name, "firstname lastname fullname surname givenname familyname customername clientname username displayname authorname
        reviewername reviewauthor recipientfirstname recipientlastname recipientname contactname requestername vorname nachname
        familienname kundenname benutzername nutzername prénom prenom nomdefamille apellido apellidos nombrecliente cognome
        sobrenome voornaam achternaam klantnaam respondentname reviewusername screenname userscreenname nickname profilename
        fromname guestname membername gastname"),
    (Kind::Address, "street streetaddress postaladdress anschrift straße strasse hausnummer adresskunde homeaddress customeraddress
        locationlatitude locationlongitude"),
    (Kind::Iban, "iban kontonummer bankaccount"),
    (Kind::Ip, "ip ipaddress ipadresse ipaddr clientip adresseip"),
    (Kind::Number, "customernumber customerno kundennummer kundennr vertragsnummer contractnumber accountnumber ordernumber bestellnummer auftragsnummer
        ssn socialsecuritynumber steuernummer steuerid"),
];

/// Names that may mean a place, a product or a group as well: personal only where hardly two cells are alike.
const MAYBE: &str = "name author reviewer autor contact assigneename ansprechpartner kunde verfasser bearbeiter sachbearbeiter agentname agent nom
    nombre nome naam from user nutzer customer client reviewby";

/// What the cells of a column are by its name, where all of them are a person's.
pub fn kind_of_column(name: &str) -> Option<Kind> {
    let bare = bare(name);
    let has = |(_, names): &&(Kind, &str)| names.split_whitespace().any(|own| own == bare);
    COLUMNS.iter().find(has).map(|(kind, _)| *kind)
}

/// The same for names that may mean something else: persons, if the cells are no groups.
pub fn maybe_names_people(name: &str) -> bool {
    let bare = bare(name);
    MAYBE.split_whitespace().any(|own| own == bare)
}

/// Letters and digits of a name, in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
