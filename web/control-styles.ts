import { css } from 'lit';

/** Choices above what they choose, and the messages between. */
export const controlStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--space-4) var(--space-6);
    margin-block: var(--space-6) var(--space-4);
  }
  .message + .message {
    margin-top: var(--space-2);
  }
  .stale {
    opacity: 0.45;
  }
`;
