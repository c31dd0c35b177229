// @ts-check
/**
 * Every text the page itself shows, in the three languages. What the assistant says comes from
 * the server. All languages have the same keys (tests/channels/web/test_page.py checks it).
 * A text with {n}, {step} or {steps} is filled in by `fill`.
 */

/** @typedef {"nb"|"nn"|"en"} Language */

const nb = {
  robotLine: "Du snakker med en robot",
  intro: "Jeg er en robot som hjelper deg med videokonsultasjonen på sykehuset: å koble deg opp, "
    + "teste kamera og lyd, og finne ut av det når noe ikke virker.",
  privacyHeading: "Før du starter",
  privacyEmergency: "Dette er ikke en nødtjeneste. Er det fare for liv, ring 113.",
  privacyIdentity: "Ikke skriv fødselsnummer eller helseopplysninger.",
  privacyStorage: "Det du skriver, lagres i inntil 30 dager. Ingenting lagres før du starter.",
  privacyDelete: "Du kan slette samtalen når du vil.",
  language: "Språk",
  begin: "Start samtalen",
  menu: "Meny",
  restart: "Start på nytt",
  delete: "Slett samtalen",
  download: "Last ned",
  fileName: "videohjelp-samtale.txt",
  conversation: "Samtale",
  messages: "Meldinger",
  robot: "Robot",
  you: "Du",
  choices: "Svarvalg",
  chosen: "(valgt)",
  progress: "Steg {step} av {steps}",
  newTab: "(ny fane)",
  typing: "Roboten skriver …",
  fieldLabel: "Skriv meldingen din",
  send: "Send",
  charactersLeft: "{n} tegn igjen",
  charactersOver: "{n} tegn for mye",
  errorEmpty: "Skriv en melding først.",
  errorLong: "Meldingen er for lang. Den kan ha høyst {n} tegn.",
  errorIdentity: "Meldingen er ikke sendt. Det ser ut som et fødselsnummer. Ta det bort, "
    + "og send igjen.",
  notSent: "Ikke sendt",
  retry: "Prøv igjen",
  phone: "Ring Kundesenteret i Helse Vest IKT på 55 97 65 51",
  noContact: "Vi får ikke kontakt akkurat nå. Prøv igjen om litt.",
  notRestored: "Vi fikk ikke hentet samtalen din. Last siden på nytt, eller start en ny samtale.",
  expired: "Samtalen er avsluttet. Du kan starte en ny når du vil.",
  deleted: "Samtalen er slettet.",
  confirmDelete: "Vil du slette samtalen? Det kan ikke angres.",
  confirmDeleteYes: "Ja, slett samtalen",
  confirmRestart: "Vil du starte på nytt? Samtalen forsvinner fra skjermen, men blir ikke slettet "
    + "før det har gått 30 dager. Vil du slette den, velger du «Slett samtalen» i menyen.",
  confirmRestartYes: "Ja, start på nytt",
  cancel: "Avbryt",
};

/** @typedef {typeof nb} Strings */

/** @type {Strings} */
const nn = {
  robotLine: "Du snakkar med ein robot",
  intro: "Eg er ein robot som hjelper deg med videokonsultasjonen på sjukehuset: å kople deg opp, "
    + "teste kamera og lyd, og finne ut av det når noko ikkje verkar.",
  privacyHeading: "Før du startar",
  privacyEmergency: "Dette er ikkje ei naudteneste. Er det fare for liv, ring 113.",
  privacyIdentity: "Ikkje skriv fødselsnummer eller helseopplysningar.",
  privacyStorage: "Det du skriv, blir lagra i inntil 30 dagar. Ingenting blir lagra før du startar.",
  privacyDelete: "Du kan slette samtalen når du vil.",
  language: "Språk",
  begin: "Start samtalen",
  menu: "Meny",
  restart: "Start på nytt",
  delete: "Slett samtalen",
  download: "Last ned",
  fileName: "videohjelp-samtale.txt",
  conversation: "Samtale",
  messages: "Meldingar",
  robot: "Robot",
  you: "Du",
  choices: "Svarval",
  chosen: "(vald)",
  progress: "Steg {step} av {steps}",
  newTab: "(ny fane)",
  typing: "Roboten skriv …",
  fieldLabel: "Skriv meldinga di",
  send: "Send",
  charactersLeft: "{n} teikn igjen",
  charactersOver: "{n} teikn for mykje",
  errorEmpty: "Skriv ei melding først.",
  errorLong: "Meldinga er for lang. Ho kan ha høgst {n} teikn.",
  errorIdentity: "Meldinga er ikkje send. Det ser ut som eit fødselsnummer. Ta det bort, "
    + "og send igjen.",
  notSent: "Ikkje send",
  retry: "Prøv igjen",
  phone: "Ring Kundesenteret i Helse Vest IKT på 55 97 65 51",
  noContact: "Vi får ikkje kontakt akkurat no. Prøv igjen om litt.",
  notRestored: "Vi fekk ikkje henta samtalen din. Last sida på nytt, eller start ein ny samtale.",
  expired: "Samtalen er avslutta. Du kan starte ein ny når du vil.",
  deleted: "Samtalen er sletta.",
  confirmDelete: "Vil du slette samtalen? Du kan ikkje angre det.",
  confirmDeleteYes: "Ja, slett samtalen",
  confirmRestart: "Vil du starte på nytt? Samtalen forsvinn frå skjermen, men blir ikkje sletta "
    + "før det har gått 30 dagar. Vil du slette han, vel du «Slett samtalen» i menyen.",
  confirmRestartYes: "Ja, start på nytt",
  cancel: "Avbryt",
};

/** @type {Strings} */
const en = {
  robotLine: "You are talking to a robot",
  intro: "I am a robot that helps you with your video consultation at the hospital: connecting, "
    + "testing your camera and sound, and what to do when something does not work.",
  privacyHeading: "Before you start",
  privacyEmergency: "This is not an emergency service. If there is danger to life, phone 113.",
  privacyIdentity: "Do not write your national identity number (fødselsnummer) or health "
    + "information.",
  privacyStorage: "What you write is stored for up to 30 days. Nothing is stored before you start.",
  privacyDelete: "You can delete the conversation whenever you like.",
  language: "Language",
  begin: "Start the conversation",
  menu: "Menu",
  restart: "Start again",
  delete: "Delete the conversation",
  download: "Download",
  fileName: "videohjelp-conversation.txt",
  conversation: "Conversation",
  messages: "Messages",
  robot: "Robot",
  you: "You",
  choices: "Choices",
  chosen: "(chosen)",
  progress: "Step {step} of {steps}",
  newTab: "(new tab)",
  typing: "The robot is writing …",
  fieldLabel: "Write your message",
  send: "Send",
  charactersLeft: "{n} characters left",
  charactersOver: "{n} characters too many",
  errorEmpty: "Write a message first.",
  errorLong: "The message is too long. It can have at most {n} characters.",
  errorIdentity: "The message was not sent. It seems to contain a national identity number "
    + "(fødselsnummer). Remove it and send again.",
  notSent: "Not sent",
  retry: "Try again",
  phone: "Phone Kundesenteret i Helse Vest IKT (technical help) on 55 97 65 51",
  noContact: "We cannot get in touch right now. Try again in a little while.",
  notRestored: "We could not fetch your conversation. Reload the page, or start a new conversation.",
  expired: "The conversation has ended. You can start a new one whenever you like.",
  deleted: "The conversation has been deleted.",
  confirmDelete: "Do you want to delete the conversation? This cannot be undone.",
  confirmDeleteYes: "Yes, delete the conversation",
  confirmRestart: "Do you want to start again? The conversation disappears from the screen, but "
    + "is not deleted until 30 days have passed. To delete it, choose “Delete the conversation” "
    + "in the menu.",
  confirmRestartYes: "Yes, start again",
  cancel: "Cancel",
};

/** @type {Record<Language, Strings>} */
export const STRINGS = { nb, nn, en };

/**
 * Fills in a text's {names}.
 * @param {string} text such as "Steg {step} av {steps}"
 * @param {Record<string, number>} values
 * @returns {string} such as "Steg 2 av 6"
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
