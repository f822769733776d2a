/** Everything that the store uses of the catalogue. */
export {
  ATTRIBUTES,
  currencyExponent,
  MoneytrailError,
  moneyProblem,
  OTHER,
  OWN_SCOPE,
  PREFIX,
  prometheusLabel,
  prometheusLabels,
  prometheusName,
  scopeLabels,
  settled,
  valuesOf,
} from '@moneytrail/catalogue';
