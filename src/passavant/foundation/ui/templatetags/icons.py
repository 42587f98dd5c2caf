"""The drawings of the house: 24 × 24, stroked in the colour of the text."""

GLOBE = "M3.5 12h17M12 3.5c2.5 2.3 3.5 5 3.5 8.5s-1 6.2-3.5 8.5c-2.5-2.3-3.5-5-3.5-8.5s1-6.2 3.5-8.5z"
OCTAGON = "M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3z"
SHIELD = "M12 3.5 5 6v5.5c0 4.5 2.9 7.6 7 9 4.1-1.4 7-4.5 7-9V6z"
ROUND = '<circle cx="12" cy="12" r="8.5"/>'
HEAD = '<circle cx="10" cy="8" r="3.5"/>'

ICONS = {
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": f'{ROUND}<path d="M12 7v5.2l3.2 2"/>',
    "device": '<path d="M4 5h16v11H4zM9 20h6M12 16v4"/>',
    "done": f'{ROUND}<path d="m8 12.3 2.8 2.8 5.4-5.6"/>',
    "door": '<path d="M6 20V4h9v16M3.5 20h17M12 12v.5M18 20V7h-3"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
    "globe": f'{ROUND}<path d="{GLOBE}"/>',
    "info": f'{ROUND}<path d="M12 11v5.5M12 7.5V8"/>',
    "join": f'{HEAD}<path d="M3.5 20c.6-3.8 3.1-5.5 6.5-5.5 1.2 0 2.3.2 3.2.6M18 14v6M15 17h6"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 8.5-8.5M16 7l3 3M13.5 9.5l2 2"/>',
    "leave": '<path d="M14 4H6v16h8M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
    "lock": '<path d="M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3M12 15v2"/>',
    "mail": '<path d="M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5"/>',
    "paper": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6"/>',
    "pen": '<path d="m5 19 .8-4L16 4.8 19.2 8 9 18.2zM14 7l3 3"/>',
    "person": '<circle cx="12" cy="8" r="3.5"/><path d="M5 20c.6-3.8 3.4-5.5 7-5.5s6.4 1.7 7 5.5"/>',
    "shield": f'<path d="{SHIELD}M9 12l2.2 2.2 4-4.2"/>',
    "stop": f'<path d="{OCTAGON}M12 7.5V13M12 16v.5"/>',
    "warning": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17v.5"/>',
}
