import { css } from 'lit';

/** Type, buttons, fields and messages, the same in every element. */
export const sharedStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  figure,
  fieldset,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h1,
  h2,
  h3 {
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h2 {
    font-size: clamp(1.375rem, 1.2rem + 0.8vw, 1.75rem);
  }
  h3 {
    font-size: 1.125rem;
    letter-spacing: 0;
  }
  fieldset {
    border: 0;
    min-width: 0;
  }
  ul {
    list-style: none;
  }
  .lead,
  .prose {
    max-width: var(--measure);
    color: var(--text-soft);
    text-wrap: pretty;
  }
  .soft {
    color: var(--text-soft);
  }
  .small {
    font-size: 0.875rem;
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    min-height: 2.5rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--page);
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: var(--accent-soft);
    border-color: var(--accent);
  }
  button:disabled {
    color: var(--text-soft);
    cursor: not-allowed;
    opacity: 0.7;
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }
  button.quiet {
    min-height: 2rem;
    padding: 0.125rem 0.5rem;
    border-color: transparent;
    background: none;
    color: var(--accent);
    font-size: 0.9375rem;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }
  select {
    min-height: 2.5rem;
    max-width: 100%;
    padding: 0.375rem 2rem 0.375rem 0.75rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--page);
    cursor: pointer;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, max-content);
    gap: 0.25rem;
    justify-items: start;
  }
  .field > label,
  .label {
    font-size: 0.875rem;
    font-weight: 600;
  }
  .message {
    padding: var(--space-3) var(--space-4);
    border-left: 4px solid var(--line-strong);
    border-radius: 0 var(--radius) var(--radius) 0;
    background: var(--raised);
    max-width: 60rem;
  }
  .message.notice {
    border-color: var(--notice-line);
    background: var(--notice);
  }
  .message.error {
    border-color: var(--error-line);
    background: var(--error);
  }
  @media (forced-colors: active) {
    button,
    select {
      border-color: ButtonBorder;
    }
  }
`;
