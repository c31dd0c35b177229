// The conversation page.
import "./chat.css";
