import { css } from 'lit';

/** A checkbox that is drawn as a switch, with its text beside it. */
export const switchStyles = css`
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 0.625rem;
    min-height: 2.5rem;
    cursor: pointer;
  }
  .switch input {
    appearance: none;
    position: relative;
    flex: none;
    width: 2.75rem;
    height: 1.5rem;
    margin: 0;
    border: 1px solid var(--line-strong);
    border-radius: 1rem;
    background: var(--page);
    cursor: pointer;
  }
  .switch input::before {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 1rem;
    height: 1rem;
    border-radius: 50%;
    background: var(--line-strong);
  }
  .switch input:checked {
    border-color: var(--accent);
    background: var(--accent);
  }
  .switch input:checked::before {
    left: calc(100% - 1rem - 3px);
    background: var(--on-accent);
  }
  @media (forced-colors: active) {
    .switch input::before {
      background: ButtonText;
    }
    .switch input:checked {
      background: Highlight;
    }
  }
`;
