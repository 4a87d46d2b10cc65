/** What must be right around Tandem, looked at one by one, each with the way to fix it. */
@NullMarked
package dev.tandem.app.doctor;

import org.jspecify.annotations.NullMarked;
