/** What came back over HTTP, read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
}

export class AnswerTooLargeError extends Error {
  readonly maxAnswerBytes: number;

  constructor(maxAnswerBytes: number) {
    super(`the answer is larger than ${maxAnswerBytes} bytes`);
    this.name = 'AnswerTooLargeError';
    this.maxAnswerBytes = maxAnswerBytes;
  }
}
