/** What every page loads: styles, htmx for parts of pages, and the map where there is one. */
import "htmx.org";
import "./styles/app.css";
import { startMapPage } from "./page";

if (document.getElementById("map-page")) void startMapPage();
