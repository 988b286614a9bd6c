import { css } from 'lit';

/** A table whose rows each carry a small drawing on one common scale. */
export const rowStyles = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding-bottom: var(--space-2);
    text-align: left;
    font-size: 1.125rem;
    font-weight: 600;
  }
  th,
  td {
    padding: 0.25rem 0 0.25rem 1rem;
    border-bottom: 1px solid var(--line);
    text-align: right;
    font-weight: 400;
  }
  th[scope='row'],
  th:first-child {
    padding-left: 0;
    text-align: left;
  }
  thead th {
    font-size: 0.875rem;
    font-weight: 600;
    vertical-align: bottom;
  }
  .drawing {
    padding-block: 0;
  }
  .drawing svg {
    display: block;
    width: 100%;
    height: 2rem;
    overflow: visible;
  }
  .zero {
    stroke: var(--line-strong);
  }
  .interval {
    stroke: var(--series-actual);
    stroke-width: 3;
    opacity: 0.45;
  }
  .estimate {
    fill: var(--series-actual);
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    margin-bottom: var(--space-3);
    font-size: 0.9375rem;
  }
  .key span {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
  }
  @media (max-width: 40rem) {
    .wide {
      display: none;
    }
    th,
    td {
      padding-left: 0.5rem;
    }
  }
`;
