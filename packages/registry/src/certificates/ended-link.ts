/** What is recorded where the box of an ended link was. Its stream is named by the address of the box, which reveals nothing of the link. */
export interface LinkEnded {
  type: 'link-ended'
  owner: string
  uuid: string
}
