-- What happened to a notice lately, apart from what was sent to each unit: read whenever somebody looks at how a notice is carried out.
create index on notices.event (institution_id, notice_id, seq) where kind <> 'sent';
