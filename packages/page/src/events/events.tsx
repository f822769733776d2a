/** The events view: what happened, event by event, whether or not a catalogue describes it. */
import type { EventPage, EventRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { pairsOf } from '../data/attributes.ts';
import { onChange } from '../data/live.ts';
import { hereWith, paymentAddress, place } from '../data/location.ts';
import { amountText } from '../data/money.ts';
import { range, rangeQuery } from '../data/range.ts';
import { createResource, type Resource } from '../data/resource.ts';
import { rowTime } from '../data/time.ts';
import { AttributeList } from '../ui/attribute-list.tsx';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { paymentOf } from './payment-of.ts';

const MOST_EVENTS = 500;
const REFRESH_MS = 2000;

/** The newest events of the range, all of them or those of one name. */
export function EventsView(): VNode {
  const [events] = useState(createEvents);
  const name = shownName();
  const chosen = range.value;
  useEffect(() => {
    void events.load();
    return onChange(['events'], REFRESH_MS, () => void events.load());
  }, [events, chosen, name]);
  return (
    <>
      <ViewHead title="Events">
        Business events {range.value.phrase}, newest first, including events of your own catalogues.
      </ViewHead>
      {name !== '' && <NameChip name={name} />}
      <Loaded of={events} what="Events" shape="rows">
        {(page) => (page.events.length === 0 ? <NoEvents /> : <EventList page={page} />)}
      </Loaded>
    </>
  );
}

function createEvents(): Resource<EventPage> {
  return createResource(() => {
    const query = rangeQuery(range.value, Date.now());
    if (shownName() !== '') query.set('name', shownName());
    query.set('limit', String(MOST_EVENTS));
    return `/api/events?${query}`;
  });
}

function shownName(): string {
  return place.value.query.get('name') ?? '';
}

function NameChip(props: { readonly name: string }): VNode {
  return (
    <nav class="chips" aria-label="Filters">
      <a
        class="chip"
        href={hereWith({ name: undefined })}
        aria-label={`Show all events, not only ${props.name}`}
      >
        {props.name} ×
      </a>
    </nav>
  );
}

function EventList(props: { readonly page: EventPage }): VNode {
  const { events, next } = props.page;
  return (
    <>
      <ol class="panel lines" aria-label="Events">
        {events.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ol>
      {next !== undefined && (
        <p class="quiet">
          Only the newest {MOST_EVENTS} events are shown. Choose a shorter range to see older ones.
        </p>
      )}
    </>
  );
}

function EventLine(props: { readonly event: EventRow }): VNode {
  const { event } = props;
  const level = event.severity.toLowerCase();
  return (
    <li>
      <details>
        <summary class="line-row" data-row>
          <span class="mono quiet line-time">{rowTime(event.at_ms)}</span>
          <span class={`level ${level}`}>{level}</span>
          <span class="line-text">
            <strong>{event.event}</strong> {amountText(event)}
          </span>
          <span class="quiet origin">{event.service}</span>
        </summary>
        <EventDetails event={event} />
      </details>
    </li>
  );
}

function EventDetails(props: { readonly event: EventRow }): VNode {
  const { event } = props;
  const payment = paymentOf(event);
  return (
    <div class="event-details">
      <p>{event.body === event.event ? event.name : event.body}</p>
      <p class="quiet mono break">{event.id}</p>
      <AttributeList pairs={pairsOf(event.attributes)} />
      <p class="event-links">
        <a href={hereWith({ name: event.event })}>All {event.event}</a>
        {payment !== undefined && <a href={paymentAddress(payment)}>Payment trail</a>}
      </p>
    </div>
  );
}

function NoEvents(): VNode {
  return (
    <Empty title={`No events ${range.value.phrase}`}>
      <a href={hereWith({ range: 'all', from: undefined, to: undefined, name: undefined })}>
        Show all stored events
      </a>
    </Empty>
  );
}
