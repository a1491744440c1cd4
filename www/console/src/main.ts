/** Starts the console. */
import './app';
import { session } from './state/current-session';

void session.resume();
