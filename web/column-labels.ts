import { msg } from '@lit/localize';

/** What a column of the analysis table is called; the column's own name where it is not one of the known. */
export function columnLabel(column: string): string {
  switch (column) {
    case 'county':
      return msg('Fylke', { id: 'column.county' });
    case 'office':
      return msg('Nav-kontor', { id: 'column.office' });
    case 'ba_region':
      return msg('Bo- og arbeidsmarkedsregion', { id: 'column.ba_region' });
    case 'main_group':
      return msg('Hovedgruppe', { id: 'column.main_group' });
    case 'support_group':
      return msg('Innsatsgruppe', { id: 'column.support_group' });
    case 'measure':
      return msg('Arbeidsmarkedstiltak', { id: 'column.measure' });
    case 'contract':
      return msg('Avtale', { id: 'column.contract' });
    case 'female':
      return msg('Kjønn', { id: 'column.female' });
    case 'country_group':
      return msg('Landgruppe', { id: 'column.country_group' });
    default:
      return column;
  }
}

/** What a group of a breakdown is called: known labels in the page's language, any other as the data have it. */
export function groupLabel(column: string, group: string): string {
  if (column === 'female') return sex(group);
  if (column === 'country_group') return countryGroup(group);
  if (group === '') return msg('Uten gruppe', { id: 'group.none' });
  if (column === 'support_group') return supportGroup(group);
  if (column === 'main_group') return mainGroup(group);
  if (column === 'measure') return measure(group);
  return group;
}

function supportGroup(group: string): string {
  switch (group) {
    case 'Standardinnsats':
      return msg('Standardinnsats', { id: 'support.standard' });
    case 'Situasjonsbestemt innsats':
      return msg('Situasjonsbestemt innsats', { id: 'support.situation' });
    case 'Spesielt tilpasset innsats':
      return msg('Spesielt tilpasset innsats', { id: 'support.adapted' });
    case 'Behov for arbeidsevnevurdering':
      return msg('Behov for arbeidsevnevurdering', { id: 'support.assessment' });
    case 'Ikke vurdert':
      return msg('Ikke vurdert', { id: 'support.not_assessed' });
    case 'Helserelatert arbeidsrettet oppfølging':
      return msg('Helserelatert oppfølging', { id: 'support.health' });
    case 'Sykmeldt uten arbeidsgiver':
      return msg('Sykmeldt uten arbeidsgiver', { id: 'support.sick_listed' });
    default:
      return group;
  }
}

function mainGroup(group: string): string {
  switch (group) {
    case 'Nedsatt arbeidsevne':
      return msg('Nedsatt arbeidsevne', { id: 'main_group.reduced' });
    case 'Helt ledige':
      return msg('Helt ledige', { id: 'main_group.fully_unemployed' });
    case 'Delvis ledige':
      return msg('Delvis ledige', { id: 'main_group.partly_unemployed' });
    case 'Arbeidssøkere på tiltak':
      return msg('Arbeidssøkere på tiltak', { id: 'main_group.measures' });
    case 'Andre i populasjonen':
      return msg('Andre', { id: 'main_group.others' });
    default:
      return group;
  }
}

function measure(group: string): string {
  switch (group) {
    case 'Ingen tiltak':
      return msg('Ikke på tiltak', { id: 'measure.none' });
    case 'Oppfølging':
      return msg('Oppfølging', { id: 'measure.follow_up' });
    case 'Arbeidsforberedende trening':
      return msg('Arbeidsforberedende trening', { id: 'measure.preparatory' });
    case 'AMO':
      return msg('Opplæring (AMO)', { id: 'measure.training' });
    case 'Midlertidig lønnstilskudd':
      return msg('Midlertidig lønnstilskudd', { id: 'measure.wage_subsidy' });
    case 'Arbeid med støtte':
      return msg('Arbeid med støtte', { id: 'measure.supported' });
    case 'IPS':
      return msg('Individuell jobbstøtte (IPS)', { id: 'measure.ips' });
    case 'Jobbklubb':
      return msg('Jobbklubb', { id: 'measure.job_club' });
    case 'Digital oppfølging':
      return msg('Digital oppfølging', { id: 'measure.digital' });
    default:
      return group;
  }
}

function sex(group: string): string {
  if (group === '1') return msg('Kvinner', { id: 'sex.women' });
  if (group === '0') return msg('Menn', { id: 'sex.men' });
  return group;
}

export function countryGroup(group: string): string {
  switch (group) {
    case '0':
      return msg('Norge', { id: 'country.norway' });
    case '1':
      return msg('Vest-Europa, Nord-Amerika, Australia', { id: 'country.west' });
    case '2':
      return msg('Østeuropeiske EU-land', { id: 'country.east_eu' });
    case '3':
      return msg('Resten av verden', { id: 'country.rest' });
    case '-1':
    case 'unknown':
      return msg('Ukjent', { id: 'country.unknown' });
    default:
      return group;
  }
}
