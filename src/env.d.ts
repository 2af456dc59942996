/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The paper whose page is being made: what the components placed in its MDX read. */
    paper: import('./build/paper.ts').Paper;
  }
}
